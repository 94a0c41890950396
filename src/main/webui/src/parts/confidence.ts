import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { percent, sure } from '../text/format.ts';
import { shared } from '../style/shared.ts';

/** How sure the agent was of a turn: a bar with the threshold as a notch, and the number; never by colour alone. */
@customElement('segue-confidence')
export class SegueConfidence extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
      }
      span {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        font-size: 0.8125rem;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      svg {
        width: 48px;
        height: 8px;
        border-radius: 4px;
        background: var(--sunk);
      }
      line {
        stroke: var(--ink);
        stroke-width: 2;
      }
      .high rect {
        fill: var(--good);
      }
      .middle rect {
        fill: var(--edge);
      }
      .low {
        color: var(--bad);
      }
      .low rect {
        fill: var(--bad);
      }
    `,
  ];

  @property({ type: Number }) value: number | null = null;
  @property({ type: Number }) threshold = 0.85;

  protected override render() {
    const level = sure(this.value, this.threshold);
    if (level === 'unknown' || this.value === null) {
      return nothing;
    }
    const share = Math.max(0, Math.min(1, this.value)) * 48;
    return html`<span class=${level} title="The agent's confidence; below ${percent(this.threshold)} a person takes over">
      ${svg`<svg viewBox="0 0 48 8" aria-hidden="true">
        <rect width=${share} height="8"></rect>
        <line x1=${this.threshold * 48} x2=${this.threshold * 48} y1="0" y2="8"></line>
      </svg>`}
      <span>${percent(this.value)}${level === 'low' ? ' ▾' : ''}<span class="sr"> sure</span></span>
    </span>`;
  }
}
