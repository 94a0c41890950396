import { css, html, LitElement, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import plotted from 'uplot/dist/uPlot.min.css?inline';
import { said, type Figure, type Series } from './figures.ts';

const HEIGHT = 150;

/** A figure over days. A press on a point, or Enter on it after the arrow keys, tells `day`. */
@customElement('segue-chart')
export class SegueChart extends LitElement {
  static override styles = [
    unsafeCSS(plotted),
    css`
      :host {
        display: block;
        min-height: 150px;
      }
      .plot {
        outline: none;
        cursor: pointer;
      }
      .plot:focus-visible {
        outline: 3px solid var(--focus);
        outline-offset: 2px;
        border-radius: 4px;
      }
      .u-legend {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) series!: Series;
  @property({ attribute: false }) figure!: Figure;
  private plot: uPlot | null = null;
  private watch: ResizeObserver | null = null;
  private at = -1;
  private readonly redraw = (): void => this.draw();

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('segue-theme', this.redraw);
    this.watch = new ResizeObserver(() => this.plot?.setSize({ width: this.clientWidth, height: HEIGHT }));
    this.watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('segue-theme', this.redraw);
    this.watch?.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  protected override updated(): void {
    this.draw();
  }

  private draw(): void {
    const place = this.renderRoot.querySelector<HTMLElement>('.plot');
    if (place === null || this.clientWidth === 0) {
      return;
    }
    this.plot?.destroy();
    const colour = (name: string): string => getComputedStyle(this).getPropertyValue(name).trim();
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    const { kind } = this.figure;
    this.plot = new uPlot(
      {
        width: this.clientWidth,
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'UTC'),
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 9 } },
        legend: { show: false },
        scales: { y: { range: (_, __, max) => [0, kind === 'share' ? Math.max(0.05, Math.min(1, (max ?? 0) * 1.15)) : (max || 1) * 1.15] } },
        axes: [
          { ...axis, size: 28, values: (_, all) => all.map((at) => new Date(at * 1000).toLocaleDateString([], { day: 'numeric', month: 'short', timeZone: 'UTC' })) },
          { ...axis, size: 56, values: (_, all) => all.map((value) => said(value, kind)) },
        ],
        series: [
          {},
          {
            stroke: colour('--accent'),
            width: 2,
            fill: colour('--accent-wash'),
            spanGaps: false,
            points: { show: true, size: 6, fill: colour('--card'), stroke: colour('--accent') },
          },
        ],
        hooks: { setCursor: [(plot) => this.moved(plot.cursor.idx ?? -1)] },
      },
      [this.series.x, this.series.y],
      place,
    );
  }

  private moved(at: number): void {
    if (at !== this.at) {
      this.at = at;
      this.dispatchEvent(new CustomEvent('look', { detail: at }));
    }
  }

  private keyed(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      const last = this.series.x.length - 1;
      const at = this.at < 0 ? last : Math.max(0, Math.min(last, this.at + step));
      this.plot?.setCursor({ left: this.plot.valToPos(this.series.x[at] ?? 0, 'x'), top: 20 });
      this.moved(at);
      event.preventDefault();
    } else if (event.key === 'Enter' && this.at >= 0) {
      this.chosen();
    }
  }

  private chosen(): void {
    const day = this.series.days[this.at];
    if (day !== undefined) {
      this.dispatchEvent(new CustomEvent('day', { detail: day }));
    }
  }

  protected override render() {
    return html`<div
      class="plot"
      tabindex="0"
      role="application"
      aria-label="${this.figure.title}: arrow keys go from day to day, Enter shows the calls of the day"
      @keydown=${this.keyed}
      @click=${this.chosen}
    ></div>`;
  }
}
