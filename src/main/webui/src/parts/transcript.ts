import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Turn } from '../api/types.ts';
import { shared } from '../style/shared.ts';
import { mood, sentence, span, words } from '../text/format.ts';
import './confidence.ts';

/** What was said, the newest last; scrolls along while the reader is at the end. */
@customElement('segue-transcript')
export class SegueTranscript extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        overflow-y: auto;
        min-height: 0;
      }
      ol {
        display: flex;
        flex-direction: column;
        gap: 10px;
        padding: 2px;
      }
      li {
        border-left: 4px solid var(--line);
        padding: 2px 0 2px 12px;
      }
      li.caller {
        border-left-color: var(--accent);
      }
      li.human {
        border-left-color: var(--good);
      }
      .who {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        font-size: 0.8125rem;
        color: var(--soft);
      }
      .who b {
        color: var(--ink);
      }
      .said {
        font-size: 1.0625rem;
      }
      li[aria-current] {
        background: var(--accent-wash);
        border-radius: 0 var(--radius) var(--radius) 0;
      }
      li.heard .who b::after {
        content: ' ♪';
      }
      .upset {
        color: var(--bad);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) turns: Turn[] = [];
  @property({ type: Number }) threshold = 0.85;
  /** The turn that is meant: it is marked and in view. */
  @property() marked: string | null = null;
  /** The turn that is being played. */
  @property() heard: string | null = null;
  /** What is said while nothing was said yet. */
  @property() empty = 'Nothing has been transcribed yet.';
  private atEnd = true;

  protected override willUpdate(): void {
    this.atEnd = this.scrollHeight - this.scrollTop - this.clientHeight < 48;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('turns') && this.atEnd) {
      this.scrollTop = this.scrollHeight;
    }
    if (changed.has('marked') && this.marked !== null) {
      this.renderRoot.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  protected override render() {
    if (this.turns.length === 0) {
      return html`<p class="soft">${this.empty}</p>`;
    }
    return html`<div role="log" aria-label="Transcript" tabindex="0">
      <ol>
        ${repeat(
          this.turns,
          (turn) => turn.id,
          (turn) => this.turn(turn),
        )}
      </ol>
    </div>`;
  }

  private turn(turn: Turn) {
    const feeling = mood(turn.sentiment);
    const speaker = ['caller', 'human'].includes(turn.speaker) ? turn.speaker : 'agent';
    return html`<li
      class=${turn.id === this.heard ? `${speaker} heard` : speaker}
      aria-current=${turn.id === this.marked ? 'true' : nothing}
      @click=${() => this.dispatchEvent(new CustomEvent('pick', { detail: turn.id }))}
    >
      <div class="who">
        <b>${sentence(turn.speaker)}</b>
        <span class="number">${span(turn.startMs)}</span>
        ${turn.intent ? html`<span>${words(turn.intent)}</span>` : nothing}
        ${turn.confidence === undefined
          ? nothing
          : html`<segue-confidence .value=${turn.confidence} .threshold=${this.threshold}></segue-confidence>`}
        ${feeling === '' || feeling === 'neutral'
          ? nothing
          : html`<span class=${feeling === 'pleased' ? '' : 'upset'}>${feeling}</span>`}
        ${turn.proposed ? html`<span class="badge warn">proposed</span>` : nothing}
      </div>
      <p class="said">${turn.text}</p>
    </li>`;
  }
}
