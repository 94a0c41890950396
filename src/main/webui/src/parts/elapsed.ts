import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { span } from '../text/format.ts';

/** Time that runs: since a moment (`since`), or down to one (`until`). Unix milliseconds. */
@customElement('segue-elapsed')
export class SegueElapsed extends LitElement {
  static override styles = css`
    :host {
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({ type: Number }) since: number | null = null;
  @property({ type: Number }) until: number | null = null;
  private timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = window.setInterval(() => this.requestUpdate(), 500);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override render() {
    const now = Date.now();
    const ms = this.until !== null ? this.until - now : this.since !== null ? now - this.since : 0;
    return html`${span(this.until !== null ? ms + 999 : ms)}`;
  }
}
