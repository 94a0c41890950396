import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, events, part, type Items } from '../../api/index.ts';
import { shared } from '../../style/shared.ts';
import { sentence } from '../../text/format.ts';

interface Entry {
  node: string;
  seq: number;
  at: number;
  kind: string;
  call?: string;
  actor: string;
  role: string;
  body: Record<string, unknown>;
  hash: string;
}

interface Verdict {
  whole: boolean;
  links: number;
  nodes: number;
  findings: string[];
  found: number;
}

const PAGE = 100;
const NEW_MAX = 200;
const KINDS = ['', 'handoff.*', 'signoff.*', 'approval.*', 'supervision.*', 'session.*', 'agent.*', 'human.*', 'audit.*'];
const SPANS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

/** Who decided what, when; and whether anybody has changed it since. */
@customElement('segue-audit')
export class SegueAudit extends LitElement {
  static override styles = [
    shared,
    css`
      .ask {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: end;
        margin: 16px 0;
      }
      .ask > div {
        flex: 0 1 200px;
      }
      .verdict {
        font-size: 1.25rem;
        font-weight: 700;
      }
      .whole {
        border-left: 5px solid var(--good);
      }
      .broken {
        border-left: 5px solid var(--bad);
      }
      .scroll {
        overflow-x: auto;
      }
      pre {
        margin: 6px 0 0;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        font: 0.8125rem/1.4 var(--mono);
        max-width: 60ch;
      }
      summary {
        cursor: pointer;
      }
      td {
        font-size: 0.9375rem;
      }
    `,
  ];

  /** Of this call alone. */
  @property() call = '';
  @state() private kind = '';
  @state() private since: keyof typeof SPANS = 'day';
  @state() private entries: Entry[] = [];
  @state() private next: string | null = null;
  @state() private problem = '';
  @state() private verdict: Verdict | null = null;
  @state() private verifying = false;
  private leave: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.leave = [
      events.on('audit', ({ data }) => this.heard(data as unknown as Entry)),
      events.onReset(() => void this.read(null)),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.forEach((undo) => undo());
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('call')) {
      void this.read(null);
    }
  }

  private heard(entry: Entry): void {
    const wanted = this.kind === '' || entry.kind.startsWith(this.kind.slice(0, -1));
    if (this.next === null && wanted && (this.call === '' || entry.call === this.call)) {
      this.entries = [...this.entries, entry].slice(-NEW_MAX - PAGE);
    }
  }

  private async read(after: string | null): Promise<void> {
    try {
      const page = await api.get<Items<Entry> & { next?: string }>('/audit', {
        query: {
          call: this.call || null,
          kind: this.kind || null,
          from: this.call === '' ? new Date(Date.now() - SPANS[this.since]).toISOString() : null,
          after,
          limit: PAGE,
        },
      });
      this.entries = after === null ? page.items : [...this.entries, ...page.items];
      this.next = page.next ?? null;
      this.problem = '';
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  private async verify(): Promise<void> {
    this.verifying = true;
    this.verdict = null;
    this.problem = '';
    try {
      this.verdict = await api.get<Verdict>('/audit/verification');
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.verifying = false;
    }
  }

  protected override render() {
    const verdict = this.verdict;
    return html`
      <section class="card stack ${verdict === null ? '' : verdict.whole ? 'whole' : 'broken'}" aria-label="The chain">
        <div class="row">
          <div class="grow" role="status">
            ${verdict === null
              ? html`<p>Each entry is chained to the one before it, and gateways sign how far each chain has got.</p>`
              : html`<p class="verdict">
                  ${verdict.whole ? '✓ The trail is whole' : '✗ The trail is NOT whole'}
                </p>
                <p class="number">
                  ${verdict.links.toLocaleString()} entries of ${verdict.nodes}
                  ${verdict.nodes === 1 ? 'gateway' : 'gateways'} were checked.
                </p>`}
          </div>
          <button class="primary" ?disabled=${this.verifying} @click=${this.verify}>
            ${this.verifying ? 'Checking …' : 'Verify the whole trail'}
          </button>
        </div>
        ${verdict === null || verdict.whole
          ? nothing
          : html`<ul>
              ${verdict.findings.map((finding) => html`<li class="problem">${finding}</li>`)}
              ${verdict.found > verdict.findings.length
                ? html`<li>And ${verdict.found - verdict.findings.length} more.</li>`
                : nothing}
            </ul>`}
        ${verdict === null
          ? nothing
          : html`<p class="small soft">
              The gateway has read its database again, every hash and every signature. It shows what somebody changed who
              does not have the signing key. It is this gateway’s word: whoever doubts it verifies a dump elsewhere, with
              <span class="mono">bin/segue audit verify</span>. What came in the last minute is not signed yet.
            </p>`}
      </section>
      <div class="ask">
        <div>
          <label for="kind">What</label>
          <select
            id="kind"
            @change=${(event: Event) => {
              this.kind = (event.target as HTMLSelectElement).value;
              void this.read(null);
            }}
          >
            ${KINDS.map(
              (kind) =>
                html`<option value=${kind}>${kind === '' ? 'Everything' : sentence(kind.replace('.*', ''))}</option>`,
            )}
          </select>
        </div>
        ${this.call === ''
          ? html`<div>
              <label for="since">Of the last</label>
              <select
                id="since"
                @change=${(event: Event) => {
                  this.since = (event.target as HTMLSelectElement).value as keyof typeof SPANS;
                  void this.read(null);
                }}
              >
                ${Object.keys(SPANS).map(
                  (name) => html`<option value=${name} ?selected=${name === this.since}>${sentence(name)}</option>`,
                )}
              </select>
            </div>`
          : html`<p>Of call <span class="mono">${this.call.slice(0, 8)}</span>. <a href="#/wall/audit">All calls</a></p>`}
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="card scroll">
        ${this.entries.length === 0 ? html`<p class="soft">Nothing was recorded.</p>` : this.list()}
        ${this.next === null
          ? nothing
          : html`<button @click=${() => this.read(this.next)}>Read on</button>`}
      </div>
    `;
  }

  private list() {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Call</th>
          <th scope="col">Link</th>
        </tr>
      </thead>
      <tbody>
        ${this.entries.map(
          (entry) =>
            html`<tr>
              <td class="number">${new Date(entry.at).toLocaleString([], { dateStyle: 'short', timeStyle: 'medium' })}</td>
              <td>${entry.actor} <span class="small soft">${entry.role}</span></td>
              <td>
                <details>
                  <summary>${sentence(entry.kind)}</summary>
                  <pre>${JSON.stringify(entry.body, null, 2)}</pre>
                </details>
              </td>
              <td>
                ${entry.call === undefined
                  ? '–'
                  : html`<a class="mono" href="#/review/call/${part(entry.call)}">${entry.call.slice(0, 8)}</a>`}
              </td>
              <td class="mono number" title=${entry.hash}>${entry.node} ${entry.seq}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
