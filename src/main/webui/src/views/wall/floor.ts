import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  api,
  events,
  part,
  session,
  type Call,
  type Human,
  type Items,
  type Presence,
  type Queue,
  type Turn,
} from '../../api/index.ts';
import { shortcuts } from '../../keys/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';
import { mood, sentence, words } from '../../text/format.ts';
import { reason } from '../../text/reasons.ts';
import { board, LANES, modes, type Board, type Card, type Lane, type Mode } from './board.ts';
import '../../parts/elapsed.ts';
import '../../parts/confidence.ts';
import '../../parts/dialog.ts';
import '../../parts/transcript.ts';

const TITLES: Record<Lane, string> = { waiting: 'Waiting', with_human: 'With a human', with_agent: 'With the agent' };
const MODES: Record<Mode, { label: string; key: string; what: string }> = {
  listen: { label: 'Listen', key: 'l', what: 'Nobody hears you' },
  whisper: { label: 'Whisper', key: 'w', what: 'Only the human hears you' },
  barge: { label: 'Barge in', key: 'b', what: 'Everybody hears you' },
};
const STATES: Record<Presence['state'], string> = {
  available: 'good',
  away: '',
  reserved: 'warn',
  ringing: 'warn',
  talking: 'accent',
  wrap_up: '',
};
/** An order for each, when something has changed. */
const READ_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 15_000;
const PRESENCES_MAX = 200;

/** Calls by state, queues, humans; and the way into a call. */
@customElement('segue-floor')
export class SegueFloor extends LitElement {
  static override styles = [
    shared,
    css`
      .floor {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 340px;
        gap: 16px;
        align-items: start;
      }
      .lanes {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: 16px;
      }
      .lane > .row {
        margin-bottom: 8px;
      }
      .lane ul {
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      .call {
        width: 100%;
        height: auto;
        padding: 10px 12px;
        display: block;
        text-align: left;
        font-weight: 400;
        white-space: normal;
        overflow: hidden;
      }
      .call.waiting {
        border-left: 5px solid var(--warn);
      }
      .call .top {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      .call .top b {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .call .last {
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
        overflow-wrap: anywhere;
      }
      .big {
        font-size: 2rem;
        font-weight: 700;
        line-height: 1;
        font-variant-numeric: tabular-nums;
      }
      .upset {
        color: var(--bad);
        font-weight: 600;
      }
      td:last-child,
      th:last-child {
        padding-right: 0;
      }
      td:first-child,
      th:first-child {
        padding-left: 0;
      }
      td.number {
        white-space: nowrap;
      }
      .modes {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 8px;
      }
      .modes button {
        height: auto;
        padding: 8px;
        flex-direction: column;
        gap: 2px;
        white-space: normal;
      }
      .modes span.small {
        font-weight: 400;
      }
      segue-transcript {
        max-height: 40vh;
      }
      @media (max-width: 1100px) {
        .floor {
          grid-template-columns: minmax(0, 1fr);
        }
        .side {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
          align-items: start;
        }
      }
      @media (max-width: 700px) {
        .lanes,
        .side {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @state() private calls: Call[] = [];
  @state() private queues: Queue[] = [];
  @state() private humans: Human[] = [];
  @state() private presences = new Map<string, Presence>();
  @state() private opened: string | null = null;
  @state() private whose = session.get()?.human ?? '';
  @state() private to = '';
  @state() private problem = '';
  private due = 0;
  private leave: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const soon = (): void => this.readSoon();
    const looking = window.setInterval(() => void this.read(), LOOK_EVERY_MS);
    // These hold in the dialog of a call, too; a character never holds while somebody types.
    const act = (mode: Mode) => ({
      keys: MODES[mode].key,
      label: `${MODES[mode].label}: ${MODES[mode].what.toLowerCase()}`,
      run: () => void this.supervise(mode),
      when: () => this.may(mode),
      inFields: true,
    });
    this.leave = [
      events.on('call.answered', soon),
      events.on('call.state', soon),
      events.on('call.ended', soon),
      events.on('handoff', soon),
      events.on('supervision', soon),
      events.on('turn', ({ data }) => this.said(String(data['call']), data['turn'] as Turn)),
      events.onReset(() => void this.read()),
      () => clearInterval(looking),
      () => clearTimeout(this.due),
      shortcuts.bind('Wall', [
        act('listen'),
        act('whisper'),
        act('barge'),
        { keys: 'x', label: 'Leave the call alone again', run: () => void this.dismiss(), when: () => this.watched() !== null, inFields: true },
        { keys: 'j', label: 'Next call', run: () => this.step(1), inFields: true },
        { keys: 'k', label: 'Call before', run: () => this.step(-1), inFields: true },
      ]),
    ];
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.forEach((undo) => undo());
  }

  private readSoon(): void {
    if (this.due === 0) {
      this.due = window.setTimeout(() => {
        this.due = 0;
        void this.read();
      }, READ_EVERY_MS);
    }
  }

  private async read(): Promise<void> {
    try {
      const [calls, queues, humans] = await Promise.all([
        api.get<Items<Call>>('/calls', { query: { limit: 500 } }),
        api.get<Items<Queue>>('/queues'),
        api.get<Items<Human>>('/humans'),
      ]);
      const asked = humans.items.slice(0, PRESENCES_MAX);
      const presences = await Promise.all(
        asked.map((human) => api.get<Presence>(`/humans/${part(human.id)}/presence`).catch(() => null)),
      );
      this.calls = calls.items.filter((call) => call.state !== 'ended');
      this.queues = queues.items;
      this.humans = humans.items;
      this.presences = new Map(presences.filter((one) => one !== null).map((one) => [one.human, one]));
      this.problem = '';
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  private said(call: string, turn: Turn): void {
    this.calls = this.calls.map((one) =>
      one.id === call ? { ...one, turns: [...one.turns.filter((other) => other.id !== turn.id), turn] } : one,
    );
  }

  private board(): Board {
    return board(this.calls, this.queues, this.humans, this.presences);
  }

  private get call(): Call | null {
    return this.calls.find((call) => call.id === this.opened) ?? null;
  }

  private may(mode: Mode): boolean {
    const call = this.call;
    return call !== null && this.whose !== '' && this.supervises() && modes(call, this.whose).includes(mode);
  }

  private supervises(): boolean {
    return session.is('supervisor', 'admin');
  }

  private watched() {
    const now = this.call?.supervisor;
    return now && now.state !== 'ended' ? now : null;
  }

  private step(by: 1 | -1): void {
    const { lanes } = this.board();
    const all = LANES.flatMap((lane) => lanes[lane]).map((card) => card.call.id);
    const at = all.indexOf(this.opened ?? '');
    this.opened = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + by))] ?? null;
  }

  private async order(what: string, path: string, body: Record<string, unknown> | null, done: string): Promise<void> {
    const call = this.opened;
    if (call === null) {
      return;
    }
    try {
      const to = `/calls/${part(call)}/${path}`;
      await (body === null ? api.delete(to) : api.post(to, body));
      notify(done, 'good');
      this.readSoon();
    } catch (error) {
      notifyFailure(what, error);
    }
  }

  private supervise(mode: Mode): Promise<void> {
    const done = this.watched() === null ? `${this.whose}’s phone rings` : MODES[mode].label;
    return this.order(`No ${MODES[mode].label.toLowerCase()}`, 'supervise', { mode, human: this.whose }, done);
  }

  private dismiss(): Promise<void> {
    return this.order('It goes on', 'supervise', null, 'The call is by itself again');
  }

  protected override render() {
    const { lanes, lines, people } = this.board();
    return html`${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <div class="floor">
        <div class="lanes">
          ${LANES.map(
            (lane) =>
              html`<section class="lane" aria-label=${TITLES[lane]}>
                <div class="row">
                  <span class="big">${lanes[lane].length}</span>
                  <h2>${TITLES[lane]}</h2>
                </div>
                <ul>
                  ${repeat(
                    lanes[lane],
                    (card) => card.call.id,
                    (card) => html`<li>${this.card(card, lane)}</li>`,
                  )}
                </ul>
                ${lanes[lane].length === 0 ? html`<p class="soft small">None.</p>` : nothing}
              </section>`,
          )}
        </div>
        <div class="stack side">
          <section class="card" aria-label="Queues">
            <h2>Queues</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">Queue</th>
                  <th scope="col">Waiting</th>
                  <th scope="col">Longest</th>
                  <th scope="col">Free</th>
                </tr>
              </thead>
              <tbody>
                ${lines.map(
                  (line) =>
                    html`<tr>
                      <td>${line.queue.name}</td>
                      <td class="number">
                        ${line.waiting > 0 ? html`<span class="badge warn">${line.waiting}</span>` : '0'}
                      </td>
                      <td class="number">
                        ${line.since === null ? '–' : html`<segue-elapsed .since=${line.since}></segue-elapsed>`}
                      </td>
                      <td class="number">
                        ${line.available} of ${line.members}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </section>
          <section class="card" aria-label="Humans">
            <h2>Humans</h2>
            <table>
              <thead>
                <tr>
                  <th scope="col">Who</th>
                  <th scope="col">What</th>
                  <th scope="col">Since</th>
                </tr>
              </thead>
              <tbody>
                ${people.map(
                  ({ human, presence }) =>
                    html`<tr>
                      <td>${human.name}</td>
                      <td><span class="badge ${STATES[presence.state]}">${sentence(presence.state)}</span></td>
                      <td class="number">
                        ${presence.sinceMs ? html`<segue-elapsed .since=${presence.sinceMs}></segue-elapsed>` : '–'}
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </section>
        </div>
      </div>
      <segue-dialog
        heading=${this.call === null ? '' : `Call from ${this.call.contact ?? this.call.from}`}
        .open=${this.call !== null}
        @close=${() => (this.opened = null)}
      >
        ${this.call === null ? nothing : this.inside(this.call)}
      </segue-dialog>`;
  }

  private card({ call, since, queue, human, reason: why }: Card, lane: Lane) {
    const last = call.turns.at(-1);
    const caller = call.turns.findLast((turn) => turn.speaker === 'caller');
    const feeling = mood(caller?.sentiment);
    return html`<button class="call ${lane}" @click=${() => (this.opened = call.id)}>
      <span class="top">
        <b>${call.contact ?? call.from}</b>
        <segue-elapsed .since=${since}></segue-elapsed>
      </span>
      <span class="small soft">
        ${lane === 'waiting'
          ? `${queue ?? 'no queue'}: ${reason(why)}`
          : lane === 'with_human'
            ? `${human ?? 'somebody outside'}${queue === null ? '' : `, ${queue}`}`
            : words(call.agent)}
      </span>
      ${last === undefined ? nothing : html`<span class="last small">${last.text}</span>`}
      <span class="row small">
        ${caller?.confidence === undefined
          ? nothing
          : html`<segue-confidence .value=${caller.confidence}></segue-confidence>`}
        ${feeling === 'upset' || feeling === 'unhappy' ? html`<span class="upset">${feeling}</span>` : nothing}
        ${call.supervisor && call.supervisor.state !== 'ended'
          ? html`<span class="badge accent">${call.supervisor.human} ${words(call.supervisor.mode)}s</span>`
          : nothing}
      </span>
    </button>`;
  }

  private inside(call: Call) {
    const now = this.watched();
    const can = modes(call, this.whose);
    return html`<div class="stack">
      <p class="soft">
        ${words(call.state)}, agent ${words(call.agent)}, since
        <segue-elapsed .since=${call.answeredAt}></segue-elapsed>
        · <a href="#/review/call/${part(call.id)}">transcript</a>
        ${this.supervises() ? html`· <a href="#/wall/audit/${part(call.id)}">audit</a>` : nothing}
      </p>
      <segue-transcript .turns=${call.turns}></segue-transcript>
      ${this.supervises()
        ? html`<div>
              <label for="whose">Whose phone</label>
              <select id="whose" @change=${(event: Event) => (this.whose = (event.target as HTMLSelectElement).value)}>
                <option value="" ?selected=${this.whose === ''}>Choose …</option>
                ${this.humans.map(
                  (human) =>
                    html`<option value=${human.id} ?selected=${human.id === this.whose}>${human.name}</option>`,
                )}
              </select>
            </div>
            <div class="modes" role="group" aria-label="Supervise">
              ${(['listen', 'whisper', 'barge'] as const).map(
                (mode) =>
                  html`<button
                    aria-pressed=${now?.mode === mode}
                    ?disabled=${this.whose === '' || !can.includes(mode)}
                    @click=${() => this.supervise(mode)}
                  >
                    <span>${MODES[mode].label} <kbd>${MODES[mode].key.toUpperCase()}</kbd></span>
                    <span class="small">${MODES[mode].what}</span>
                  </button>`,
              )}
            </div>
            ${now === null
              ? nothing
              : html`<p>
                  ${now.human} ${words(now.mode)}s: ${words(now.state)}
                  <button class="quiet" @click=${this.dismiss}>Leave the call <kbd>X</kbd></button>
                </p>`}
            <div class="row">
              <label for="to" class="sr">To which queue</label>
              <select
                id="to"
                class="grow"
                @change=${(event: Event) => (this.to = (event.target as HTMLSelectElement).value)}
              >
                <option value="">The agent’s own queue</option>
                ${this.queues.map((queue) => html`<option value=${queue.id}>${queue.name}</option>`)}
              </select>
              <button
                @click=${() => this.order('Nobody was asked', 'handoff', this.to === '' ? {} : { queue: this.to }, 'A human is being fetched')}
              >
                ${call.state === 'with_human' ? 'Pass on' : 'Fetch a human'}
              </button>
              ${call.state === 'with_human'
                ? html`<button @click=${() => this.order('The human keeps the caller', 'return', {}, 'The agent has the caller again')}>
                    Back to the agent
                  </button>`
                : nothing}
            </div>`
        : nothing}
    </div>`;
  }
}
