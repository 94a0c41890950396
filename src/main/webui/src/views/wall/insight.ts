import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, events, part, type Items } from '../../api/index.ts';
import { shared } from '../../style/shared.ts';
import { dayAndClock, percent, sentence, span, words } from '../../text/format.ts';
import { dayAfter, FIGURES, said, series, type Figure, type Row, type Series } from './figures.ts';
import './chart.ts';

interface Alarm {
  agent: string;
  metric: string;
  state: string;
  since: number;
  before: { value?: number; n: number };
  after: { value?: number; n: number };
}

interface CallLine {
  id: string;
  agent?: string;
  queue?: string;
  from?: string;
  answeredAt: number;
  endedAt: number;
  endReason?: string;
  outcome?: string;
}

const DAY_MS = 86_400_000;
const SPANS = [7, 28, 90];

/** What calls came to, day by day; from a point to its calls it is one press. */
@customElement('segue-insight')
export class SegueInsight extends LitElement {
  static override styles = [
    shared,
    css`
      .ask {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: end;
        margin-bottom: 16px;
      }
      .ask label {
        display: block;
      }
      .ask select {
        width: auto;
        min-width: 180px;
      }
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(340px, 1fr));
        gap: 16px;
      }
      .figure {
        padding: 12px 16px;
      }
      .value {
        font-size: 1.5rem;
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
      .calls {
        margin-top: 16px;
      }
      .alarms {
        border-left: 5px solid var(--bad);
        margin-bottom: 16px;
      }
      .scroll {
        overflow-x: auto;
      }
    `,
  ];

  @state() private agents: { id: string; name: string }[] = [];
  @state() private agent = '';
  @state() private days = 28;
  @state() private rows: Row[] | null = null;
  @state() private alarms: Alarm[] = [];
  @state() private problem = '';
  @state() private day: string | null = null;
  @state() private calls: CallLine[] | null = null;
  @state() private more = false;
  @state() private looked = -1;
  /** In the order of {@link FIGURES}; made once, since a chart draws what it has not seen yet. */
  private charts: Series[] = [];
  private leave = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.leave = events.on('alarm', () => void this.readAlarms());
    void api
      .get<Items<{ id: string; name: string }>>('/agents')
      .then(({ items }) => (this.agents = items))
      .catch(() => undefined);
    void this.read();
    void this.readAlarms();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
  }

  private async readAlarms(): Promise<void> {
    this.alarms = (await api.get<Items<Alarm>>('/insights/alarms').catch(() => ({ items: [] }))).items;
  }

  private async read(): Promise<void> {
    const to = Date.now();
    const from = to - this.days * DAY_MS;
    this.day = null;
    this.problem = '';
    try {
      const { items } = await api.get<Items<Row>>('/insights', {
        query: { by: 'day', agent: this.agent || null, from: new Date(from).toISOString().slice(0, 10) },
      });
      this.charts = FIGURES.map((figure) => series(items, figure, from, to));
      this.rows = items;
    } catch (error) {
      this.rows = null;
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  private async open(day: string): Promise<void> {
    this.day = day;
    this.calls = null;
    try {
      const found = await api.get<Items<CallLine> & { more: boolean }>('/insights/calls', {
        query: { agent: this.agent || null, from: day, to: dayAfter(day) },
      });
      this.calls = found.items;
      this.more = found.more;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.calls h2')?.focus();
  }

  protected override render() {
    return html`
      ${this.alarms.length === 0
        ? nothing
        : html`<section class="card alarms" aria-label="Alarms">
            <h2>Moving the wrong way</h2>
            <ul>
              ${this.alarms.map(
                (alarm) =>
                  html`<li>
                    <b>${words(alarm.agent)}</b>: ${words(alarm.metric)} from ${percent(alarm.before.value)} to
                    ${percent(alarm.after.value)} in the last week
                    <span class="soft small">(n ${alarm.before.n} and ${alarm.after.n})</span>
                  </li>`,
              )}
            </ul>
          </section>`}
      <div class="ask">
        <div>
          <label for="agent">Agent</label>
          <select
            id="agent"
            @change=${(event: Event) => {
              this.agent = (event.target as HTMLSelectElement).value;
              void this.read();
            }}
          >
            <option value="">All</option>
            ${this.agents.map((agent) => html`<option value=${agent.id}>${agent.name}</option>`)}
          </select>
        </div>
        <div role="group" aria-label="Days" class="row">
          ${SPANS.map(
            (days) =>
              html`<button
                aria-pressed=${this.days === days}
                @click=${() => {
                  this.days = days;
                  void this.read();
                }}
              >
                ${days} days
              </button>`,
          )}
        </div>
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.rows === null
        ? nothing
        : html`<div class="charts">${FIGURES.map((figure, i) => this.figure(figure, this.charts[i]))}</div>
            ${this.day === null ? nothing : this.behind(this.day)} ${this.table(this.rows)}`}
    `;
  }

  private figure(figure: Figure, all: Series | undefined) {
    if (all === undefined) {
      return nothing;
    }
    const last = all.y.findLastIndex((value) => value !== null);
    const at = (all.y[this.looked] ?? null) === null ? last : this.looked;
    return html`<section class="card figure" aria-label=${figure.title}>
      <div class="row">
        <h2 class="grow">${figure.title}</h2>
        <span class="value">${said(all.y[at], figure.kind)}</span>
      </div>
      ${at < 0
        ? html`<p class="small soft">Nothing is known of these days.</p>`
        : html`<p class="small soft number">
              ${all.days[at]}, of ${all.n[at]} ${figure.n}; should ${figure.good === 'down' ? 'fall' : 'rise'}
            </p>
            <segue-chart
              .series=${all}
              .figure=${figure}
              @look=${(event: CustomEvent<number>) => (this.looked = event.detail)}
              @day=${(event: CustomEvent<string>) => this.open(event.detail)}
            ></segue-chart>`}
    </section>`;
  }

  private behind(day: string) {
    return html`<section class="card calls" aria-label="Calls of a day">
      <div class="row">
        <h2 class="grow" tabindex="-1">Calls of ${day}</h2>
        <button class="quiet" @click=${() => (this.day = null)}>Close</button>
      </div>
      ${this.calls === null
        ? html`<p class="soft">Reading …</p>`
        : this.calls.length === 0
          ? html`<p class="soft">None on this day.</p>`
          : html`<div class="scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Answered</th>
                    <th scope="col">From</th>
                    <th scope="col">Agent</th>
                    <th scope="col">Outcome</th>
                    <th scope="col">Queue</th>
                    <th scope="col">Lasted</th>
                  </tr>
                </thead>
                <tbody>
                  ${this.calls.map(
                    (call) =>
                      html`<tr>
                        <td><a href="#/review/call/${part(call.id)}">${dayAndClock(call.answeredAt, Date.now())}</a></td>
                        <td class="said">${call.from}</td>
                        <td>${call.agent}</td>
                        <td>${sentence(call.outcome)}</td>
                        <td>${call.queue ?? '–'}</td>
                        <td class="number">${span(call.endedAt - call.answeredAt)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`}
      ${this.more ? html`<p class="small soft">These are the latest 200; there are more.</p>` : nothing}
    </section>`;
  }

  /** The same without a picture. */
  private table(rows: Row[]) {
    return html`<details class="calls">
      <summary>As a table</summary>
      <div class="scroll card">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Calls</th>
              ${FIGURES.map((figure) => html`<th scope="col">${figure.title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row) =>
                html`<tr>
                  <td><button class="quiet" @click=${() => this.open(row.day)}>${row.day}</button></td>
                  <td class="number">${row.calls}</td>
                  ${FIGURES.map((figure) => {
                    const cell = row[figure.id] as { value?: number | null; p95?: number | null };
                    return html`<td class="number">${said(figure.kind === 'ms' ? cell.p95 : cell.value, figure.kind)}</td>`;
                  })}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>`;
  }
}
