import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Digits for the other side; each press is an event `digit`. They can be typed too. */
@customElement('segue-keypad')
export class SegueKeypad extends LitElement {
  static override styles = [
    shared,
    css`
      .keys {
        display: grid;
        grid-template-columns: repeat(3, 72px);
        gap: 8px;
        justify-content: center;
      }
      button {
        min-height: 56px;
        font-size: 1.375rem;
      }
      output {
        display: block;
        text-align: center;
        min-height: 1.6em;
        font: 600 1.25rem var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private pressed = '';
  private readonly typed = (event: KeyboardEvent): void => {
    if (KEYS.includes(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      this.press(event.key);
    }
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.typed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.typed);
  }

  private press(digit: string): void {
    this.pressed += digit;
    this.dispatchEvent(new CustomEvent('digit', { detail: digit }));
  }

  protected override render() {
    return html`<output aria-label="Pressed">${this.pressed}</output>
      <div class="keys">
        ${KEYS.map((key) => html`<button @click=${() => this.press(key)}>${key}</button>`)}
      </div>`;
  }
}
