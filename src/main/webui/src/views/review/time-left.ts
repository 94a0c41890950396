import { css, html, LitElement, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { span } from '../../text/format.ts';
import { announced, left } from './deadline.ts';

/** A deadline that runs: a bar and the time, never by colour alone. */
@customElement('segue-time-left')
export class SegueTimeLeft extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
      }
      .left {
        display: flex;
        align-items: center;
        gap: 8px;
        font-variant-numeric: tabular-nums;
        font-weight: 700;
        white-space: nowrap;
      }
      svg {
        width: 64px;
        height: 8px;
        border-radius: 4px;
        background: var(--sunk);
        flex: none;
      }
      :host([big]) svg {
        width: 160px;
        height: 12px;
      }
      :host([big]) .left {
        font-size: 1.5rem;
      }
      rect {
        fill: var(--good);
      }
      .soon {
        color: var(--warn);
      }
      .soon rect {
        fill: var(--warn);
      }
      .now,
      .over {
        color: var(--bad);
      }
      .now rect {
        fill: var(--bad);
      }
    `,
  ];

  @property({ type: Number }) asked = 0;
  @property({ type: Number }) until = 0;
  @property({ type: Boolean, reflect: true }) big = false;
  /** Whether a screen reader is told of it. */
  @property({ type: Boolean }) aloud = false;
  @state() private said = '';
  private timer = 0;
  private was = Infinity;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => this.tick(), 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private tick(): void {
    const ms = this.until - Date.now();
    this.said = (this.aloud && announced(this.was, ms)) || this.said;
    this.was = ms;
    this.requestUpdate();
  }

  protected override render() {
    const { ms, share, urgency } = left(this.asked, this.until, Date.now());
    return html`<span class="left ${urgency}">
        ${svg`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
          <rect width=${share * 100} height="8"></rect>
        </svg>`}
        <span>${urgency === 'over' ? 'too late' : `${span(ms + 999)} left`}</span>
      </span>
      <span class="sr" aria-live="assertive">${this.said}</span>`;
  }
}
