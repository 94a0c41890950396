import { css, html, LitElement, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { sentences, type Paths, type Stop, type Way } from './paths.ts';

const WIDE = 170;
const HIGH = 52;
const ACROSS = 334;
const DOWN = 72;
const EDGE = 6;
const CHARS = 18;

/** The escalation path map, as a picture and as a list. */
@customElement('segue-path-map')
export class SeguePathMap extends LitElement {
  static override styles = [
    shared,
    css`
      .map {
        overflow-x: auto;
      }
      svg {
        display: block;
        font: 13px var(--font);
      }
      rect {
        fill: var(--card);
        stroke: var(--edge);
      }
      .agent rect {
        fill: var(--accent-wash);
        stroke: var(--accent);
      }
      .outside rect,
      .again rect {
        stroke-dasharray: 5 4;
      }
      .again rect {
        fill: var(--sunk);
      }
      .nobody rect {
        fill: var(--bad-wash);
        stroke: var(--bad);
      }
      text {
        fill: var(--ink);
      }
      .name {
        font-weight: 600;
      }
      .detail,
      .why {
        fill: var(--soft);
        font-size: 12px;
      }
      .why {
        paint-order: stroke;
        stroke: var(--card);
        stroke-width: 5px;
      }
      path {
        fill: none;
        stroke: var(--edge);
        stroke-width: 1.5;
      }
      marker path {
        fill: var(--edge);
        stroke: none;
      }
      ul {
        list-style: disc;
        padding-left: 20px;
      }
    `,
  ];

  @property({ attribute: false }) paths: Paths = { stops: [], ways: [] };

  protected override render() {
    const { stops, ways } = this.paths;
    const columns = Math.max(0, ...stops.map((stop) => stop.column));
    const rows = Math.max(0, ...stops.map((stop) => stop.row));
    const width = EDGE * 2 + columns * ACROSS + WIDE;
    const height = EDGE * 2 + rows * DOWN + HIGH;
    const place = new Map(stops.map((stop) => [stop.id, stop]));
    return html`<div class="map" tabindex="0" role="region" aria-label="Where a call can go, as a picture">
        ${svg`<svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" aria-hidden="true">
          <defs>
            <marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
              <path d="M0 0 8 4 0 8z"></path>
            </marker>
          </defs>
          ${ways.map((way) => this.way(way, place))}
          ${stops.map((stop) => this.stop(stop))}
          ${ways.map((way) => this.why(way, place))}
        </svg>`}
      </div>
      <details>
        <summary>As a list</summary>
        <ul>
          ${sentences(this.paths).map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
      </details>`;
  }

  private stop(stop: Stop) {
    const x = EDGE + stop.column * ACROSS;
    const y = EDGE + stop.row * DOWN;
    return svg`<g class=${stop.kind}>
      <title>${stop.label}</title>
      <rect x=${x} y=${y} width=${WIDE} height=${HIGH} rx="8"></rect>
      <text class="name" x=${x + 12} y=${y + 22}>${short(stop.label, CHARS)}</text>
      <text class="detail" x=${x + 12} y=${y + 40}>${short(stop.detail, CHARS + 5)}</text>
    </g>`;
  }

  private ends(way: Way, place: ReadonlyMap<string, Stop>) {
    const from = place.get(way.from);
    const to = place.get(way.to);
    return from === undefined || to === undefined
      ? null
      : {
          x1: EDGE + from.column * ACROSS + WIDE,
          y1: EDGE + from.row * DOWN + HIGH / 2,
          x2: EDGE + to.column * ACROSS,
          y2: EDGE + to.row * DOWN + HIGH / 2,
        };
  }

  /** It bends early, so that there is a straight piece for what it says. */
  private way(way: Way, place: ReadonlyMap<string, Stop>) {
    const ends = this.ends(way, place);
    if (ends === null) {
      return svg``;
    }
    const { x1, y1, x2, y2 } = ends;
    const d = `M${x1} ${y1} C${x1 + 50} ${y1} ${x1 + 10} ${y2} ${x1 + 60} ${y2} L${x2} ${y2}`;
    return svg`<path d=${d} marker-end="url(#tip)"></path>`;
  }

  private why(way: Way, place: ReadonlyMap<string, Stop>) {
    const ends = this.ends(way, place);
    if (ends === null) {
      return svg``;
    }
    const { x2, y2 } = ends;
    const why = way.why.length > 1 ? `${way.why[0]} +${way.why.length - 1}` : (way.why[0] ?? '');
    return svg`<text class="why" text-anchor="end" x=${x2 - 12} y=${y2 - 6}>
      <title>${way.why.join(', ')}</title>${short(why, CHARS + 5)}</text>`;
  }
}

function short(text: string, chars: number): string {
  return text.length > chars ? `${text.slice(0, chars - 1)}…` : text;
}
