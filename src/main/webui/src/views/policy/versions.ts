import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, part, type Items } from '../../api/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';
import { dayAndClock } from '../../text/format.ts';

interface Version {
  version: number;
  at: number;
  by: string;
  role: string;
  note?: string;
  deleted?: boolean;
  changes: { field: string; before?: unknown; after?: unknown }[];
}

const PAGE = 20;
const CHANGES = 4;

/** Who has changed the agent, when, what and why; and the way back. */
@customElement('segue-versions')
export class SegueVersions extends LitElement {
  static override styles = [
    shared,
    css`
      ol {
        max-height: 480px;
        overflow-y: auto;
      }
      li {
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }
      .change {
        overflow-wrap: anywhere;
      }
      del {
        color: var(--bad);
      }
      ins {
        color: var(--good);
        text-decoration: none;
      }
    `,
  ];

  @property() agent = '';
  @property({ type: Number }) version = 0;
  @property({ type: Boolean }) locked = false;
  @state() private items: Version[] = [];
  @state() private problem = '';
  @state() private sure: number | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('agent') || changed.has('version')) {
      void this.read();
    }
  }

  private async read(): Promise<void> {
    try {
      const path = `/agents/${part(this.agent)}/versions`;
      this.items = (await api.get<Items<Version>>(path, { query: { limit: PAGE } })).items;
      this.problem = '';
    } catch (error) {
      this.items = [];
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  /** Twice: the first press asks. */
  private async restore(version: number): Promise<void> {
    if (this.sure !== version) {
      this.sure = version;
      return;
    }
    this.sure = null;
    try {
      await api.response('POST', `/agents/${part(this.agent)}/versions/${version}/restore`, {}, {
        headers: { 'If-Match': `"${this.version}"` },
      });
      notify(`Version ${version} holds again`, 'good');
      this.dispatchEvent(new Event('restored'));
    } catch (error) {
      notifyFailure('Not restored', error);
    }
  }

  protected override render() {
    return html`<section class="card stack" aria-label="Versions">
      <h2>Versions</h2>
      ${this.problem === '' ? nothing : html`<p class="small" role="status">${this.problem}</p>`}
      <ol tabindex="0" aria-label="Versions, the newest first">
        ${this.items.map((item) => this.item(item))}
      </ol>
    </section>`;
  }

  private item(item: Version) {
    const now = item.version === this.version;
    return html`<li>
      <div class="row">
        <b class="number">${item.version}</b>
        <span class="grow">${item.by} <span class="small soft">${dayAndClock(item.at, Date.now())}</span></span>
        ${now
          ? html`<span class="badge accent">now</span>`
          : this.locked || item.deleted
            ? nothing
            : html`<button @click=${() => this.restore(item.version)}>
                ${this.sure === item.version ? 'Sure? Restore' : 'Restore'}
              </button>`}
      </div>
      ${item.note ? html`<p class="said">${item.note}</p>` : nothing}
      ${item.changes.slice(0, CHANGES).map(
        (change) =>
          html`<p class="small change">
            ${change.field}
            ${change.before === undefined ? nothing : html`<del>${value(change.before)}</del>`}
            ${change.after === undefined ? nothing : html`<ins>${value(change.after)}</ins>`}
          </p>`,
      )}
      ${item.changes.length > CHANGES
        ? html`<p class="small soft">and ${item.changes.length - CHANGES} more</p>`
        : nothing}
    </li>`;
  }
}

function value(json: unknown): string {
  const text = typeof json === 'string' ? json : JSON.stringify(json);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
