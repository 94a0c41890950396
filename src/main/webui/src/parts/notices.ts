import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { ApiError } from '../api/client.ts';
import { shared } from '../style/shared.ts';

export type NoticeKind = 'good' | 'bad' | 'plain';

interface Notice {
  id: number;
  kind: NoticeKind;
  text: string;
}

const SHOWN_MS = 6_000;
const SHOWN_MAX = 4;
let last = 0;

/** Says something at the edge of the page for a few seconds; what went wrong stays until it is read and closed. */
export function notify(text: string, kind: NoticeKind = 'plain'): void {
  document.dispatchEvent(new CustomEvent<Notice>('segue-notice', { detail: { id: ++last, kind, text } }));
}

/** Says what went wrong, in the gateway's words. */
export function notifyFailure(what: string, error: unknown): void {
  const why = error instanceof ApiError || error instanceof Error ? error.message : String(error);
  notify(`${what}: ${why}`, 'bad');
}

@customElement('segue-notices')
export class SegueNotices extends LitElement {
  static override styles = [
    shared,
    css`
      ul {
        position: fixed;
        right: 16px;
        bottom: 16px;
        display: flex;
        flex-direction: column;
        gap: 8px;
        max-width: min(440px, calc(100vw - 32px));
        z-index: 20;
      }
      li {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        background: var(--card);
        border: 1px solid var(--line);
        border-left: 5px solid var(--edge);
        border-radius: var(--radius);
        box-shadow: var(--shadow);
        padding: 10px 8px 10px 14px;
        overflow-wrap: anywhere;
      }
      li.good {
        border-left-color: var(--good);
      }
      li.bad {
        border-left-color: var(--bad);
      }
      button {
        min-height: 28px;
        padding: 0 8px;
      }
    `,
  ];

  @state() private notices: Notice[] = [];
  private readonly heard = (event: Event): void => this.add((event as CustomEvent<Notice>).detail);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('segue-notice', this.heard);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('segue-notice', this.heard);
  }

  private add(notice: Notice): void {
    this.notices = [...this.notices, notice].slice(-SHOWN_MAX);
    if (notice.kind !== 'bad') {
      setTimeout(() => this.drop(notice.id), SHOWN_MS);
    }
  }

  private drop(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  protected override render() {
    return html`<div role="status" aria-live="polite"><ul>
      ${repeat(
        this.notices,
        (notice) => notice.id,
        (notice) =>
          html`<li class=${notice.kind}>
            <span class="grow">${notice.text}</span>
            <button class="quiet" aria-label="Dismiss" @click=${() => this.drop(notice.id)}>✕</button>
          </li>`,
      )}
    </ul></div>`;
  }
}
