import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { dialogs } from '../keys/index.ts';
import { shared } from '../style/shared.ts';

/** A modal dialog over the page: `<segue-dialog heading="…" ?open=${…} @close=${…}>`. Escape and a press beside it close it. */
@customElement('segue-dialog')
export class SegueDialog extends LitElement {
  static override styles = [
    shared,
    css`
      dialog {
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--card);
        color: var(--ink);
        padding: 20px;
        width: min(560px, calc(100vw - 32px));
        max-height: calc(100vh - 48px);
        overflow: auto;
        box-shadow: var(--shadow);
      }
      dialog:focus-visible {
        outline: none;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        margin-bottom: 12px;
      }
    `,
  ];

  @property() heading = '';
  @property({ type: Boolean }) open = false;
  @query('dialog') private readonly dialog!: HTMLDialogElement;
  private shown = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.counted(false);
  }

  protected override updated(): void {
    if (this.open && !this.dialog.open) {
      this.dialog.showModal();
      this.counted(true);
    } else if (!this.open && this.dialog.open) {
      this.dialog.close();
    }
  }

  private counted(shown: boolean): void {
    if (shown !== this.shown) {
      this.shown = shown;
      dialogs(shown ? 1 : -1);
    }
  }

  private closed(): void {
    this.counted(false);
    this.open = false;
    this.dispatchEvent(new Event('close'));
  }

  protected override render() {
    return html`
      <dialog
        autofocus
        tabindex="-1"
        aria-labelledby="heading"
        @close=${this.closed}
        @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog.close()}
      >
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button class="quiet" aria-label="Close" @click=${() => this.dialog.close()}>✕</button>
        </header>
        <slot></slot>
      </dialog>
    `;
  }
}
