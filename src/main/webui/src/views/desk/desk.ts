import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  api,
  events,
  part,
  session,
  type Call,
  type Context,
  type Handoff,
  type Items,
  type Presence,
  type Turn,
} from '../../api/index.ts';
import { browser, tab } from '../../keep.ts';
import { shortcuts } from '../../keys/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { phone } from '../../phone/index.ts';
import type { PhoneState } from '../../phone/state.ts';
import { shared } from '../../style/shared.ts';
import { clock } from '../../text/format.ts';
import { reason } from '../../text/reasons.ts';
import { from } from './briefing.ts';
import { NOTHING, work, type Work, type WorkEvent } from './work.ts';
import '../../parts/elapsed.ts';
import './mic-check.ts';
import './offer.ts';
import './talk.ts';
import './wrap-up.ts';

const NOTES = 'segue.note';
const PAUSE = 'segue.pauseAfterCalls';
const RECENT_MAX = 8;
const LOOK_EVERY_MS = 15_000;

const REGISTRATION: Record<PhoneState['registration'], string> = {
  off: 'Phone off',
  connecting: 'Phone connecting …',
  registered: 'Phone ready',
  lost: 'Phone has no connection; trying again …',
  refused: 'Phone was refused',
};

/** What was on the desk when somebody looked at another view: a call may end meanwhile, and is still wrapped up. */
let left = { human: '', work: NOTHING };

/** Where a human takes calls. */
@customElement('segue-desk')
export class SegueDesk extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        padding: 16px;
        max-width: 1400px;
        margin: 0 auto;
        width: 100%;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
        margin-bottom: 16px;
      }
      .idle {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
        gap: 16px;
        align-items: start;
      }
      .state {
        font-size: 1.75rem;
        font-weight: 700;
      }
      .state.ready {
        color: var(--good);
      }
      .choice {
        display: inline-flex;
      }
      .choice button {
        border-radius: 0;
        min-width: 104px;
      }
      .choice button:first-child {
        border-radius: var(--radius) 0 0 var(--radius);
      }
      .choice button:last-child {
        border-radius: 0 var(--radius) var(--radius) 0;
        border-left: 0;
      }
      .switch {
        display: flex;
        gap: 10px;
        align-items: center;
      }
      .switch label {
        font-weight: 400;
        font-size: 1rem;
      }
      .here {
        border: 2px solid var(--good);
        background: var(--good-wash);
        color: var(--good);
        font-weight: 700;
        text-align: center;
        margin-bottom: 16px;
      }
      @media (max-width: 900px) {
        .idle {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property() rest = '';
  @state() private phone = phone.state;
  @state() private work: Work = NOTHING;
  @state() private presence: Presence | null = null;
  @state() private recent: Call[] = [];
  @state() private note = '';
  @state() private announced = false;
  @state() private placing = false;
  @state() private demoCall = '';
  @state() private pause = browser.get(PAUSE) !== 'off';
  private leave: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const now = session.get();
    if (now === null || now.human === null) {
      return;
    }
    this.work = left.human === now.human ? left.work : NOTHING;
    const changed = (): void => this.phoneChanged(phone.state);
    phone.addEventListener('change', changed);
    const looking = window.setInterval(() => void this.look(), LOOK_EVERY_MS);
    this.leave = [
      () => phone.removeEventListener('change', changed),
      () => clearInterval(looking),
      events.on('context', ({ data }) => this.mine(data) && this.step({ is: 'context', context: data['context'] as Context })),
      events.on('turn', ({ data }) => this.step({ is: 'turn', call: String(data['call']), turn: data['turn'] as Turn })),
      events.on('handoff', ({ data }) => this.handoff(String(data['call']), data['handoff'] as Handoff)),
      events.on('call.ended', ({ data }) => this.ended(String(data['call']))),
      events.onReset(() => void this.readAnew()),
      shortcuts.bind('Desk', [
        { keys: 'a', label: 'Accept the call', run: () => phone.accept(), when: () => this.ringing() },
        { keys: 'd', label: 'Decline the call', run: () => phone.decline(), when: () => this.ringing() },
        { keys: 'Shift+A', label: 'Available, or away', run: () => void this.choose(!this.available()) },
      ]),
    ];
    this.phoneChanged(phone.state);
    void this.readAnew();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.forEach((undo) => undo());
  }

  private get human(): string {
    return session.get()?.human ?? '';
  }

  private mine(data: Record<string, unknown>): boolean {
    return data['human'] === this.human;
  }

  private ringing(): boolean {
    return this.phone.leg?.phase === 'ringing';
  }

  private available(): boolean {
    return this.presence !== null && this.presence.state !== 'away';
  }

  private step(event: WorkEvent): void {
    this.work = work(this.work, event, Date.now());
    left = { human: this.human, work: this.work };
  }

  private phoneChanged(now: PhoneState): void {
    const was = this.work.current;
    const up = this.phone.leg?.phase === 'up' && this.phone.leg.call !== null;
    this.phone = now;
    this.step({ is: 'leg', leg: now.leg });
    const current = this.work.current;
    if (current !== null && current.call !== was?.call) {
      this.demoCall = '';
      this.note = tab.get(`${NOTES}.${current.call}`) ?? '';
      void this.readContext(current.call, now.leg?.contextPath ?? null);
    }
    const leg = now.leg;
    if (leg?.phase === 'up' && leg.call !== null && !up) {
      this.connected(leg.purpose === 'standby' || phone.autoAnswer, leg.purpose);
    }
    if (current === null && was !== null) {
      void this.look();
      void this.readRecent();
    }
  }

  /** The caller is there: who was rung by nothing is told, and no further call comes while this one is wrapped up. */
  private connected(unasked: boolean, purpose: string): void {
    if (purpose === 'supervise') {
      return;
    }
    if (unasked) {
      this.announced = true;
      window.setTimeout(() => (this.announced = false), 5_000);
    }
    void this.readCall(this.work.current?.call ?? '');
    if (this.pause) {
      void this.choose(false, true);
    }
  }

  private handoff(call: string, handoff: Handoff): void {
    this.step({ is: 'handoff', call, handoff });
    if (handoff.human === this.human && ['returned', 'failed', 'ended', 'over'].includes(handoff.state)) {
      this.released(call);
    }
  }

  private ended(call: string): void {
    this.released(call);
    if (this.demoCall === call) {
      this.demoCall = '';
    }
  }

  private released(call: string): void {
    phone.released(call);
  }

  private async readAnew(): Promise<void> {
    await Promise.all([this.look(), this.readRecent(), this.readCall(this.work.current?.call ?? '')]);
  }

  private async look(): Promise<void> {
    try {
      this.presence = await api.get<Presence>(`/humans/${part(this.human)}/presence`);
    } catch {
      // The bar at the top says that the gateway is away; the next look comes by itself.
    }
  }

  private async readRecent(): Promise<void> {
    try {
      const { items } = await api.get<Items<Call>>('/calls', { query: { limit: 100 } });
      this.recent = items
        .filter((call) => call.handoffs.some((handoff) => handoff.human === this.human))
        .sort((one, other) => other.answeredAt - one.answeredAt)
        .slice(0, RECENT_MAX);
    } catch {
      // The list stays as it was.
    }
  }

  /** What was said so far; of a call that only rings it is in the context alone. */
  private async readCall(call: string): Promise<void> {
    if (call !== '' && this.phone.leg?.phase === 'up') {
      const read = await api.get<Call>(`/calls/${part(call)}`).catch(() => null);
      if (read !== null) {
        this.step({ is: 'read', call: read });
      }
    }
  }

  /** The event with the context comes before the phone rings, but not to a page that was opened after it. */
  private async readContext(call: string, path: string | null): Promise<void> {
    if (this.work.current?.context === null && path !== null) {
      const context = await api.get<Context>(path.replace('/api/v1', '')).catch(() => null);
      if (context !== null && context.call === call) {
        this.step({ is: 'context', context });
      }
    }
  }

  private async choose(available: boolean, quietly = false): Promise<void> {
    try {
      if (available) {
        await phone.microphone.start().catch(() => undefined);
      }
      this.presence = await api.put<Presence>(`/humans/${part(this.human)}/presence`, {
        state: available ? 'available' : 'away',
      });
    } catch (error) {
      if (!quietly) {
        notifyFailure(available ? 'You are not available' : 'You are not away', error);
      }
    }
  }

  private keepNote(event: CustomEvent<string>): void {
    this.note = event.detail;
    tab.set(`${NOTES}.${this.work.current?.call}`, this.note === '' ? null : this.note);
  }

  private wrapped(event: CustomEvent<{ next: boolean; skipped?: boolean }>): void {
    tab.set(`${NOTES}.${this.work.wrap?.call}`, null);
    this.note = '';
    this.step({ is: 'wrapped' });
    if (event.detail.skipped !== true) {
      notify('Saved', 'good');
    }
    if (event.detail.next) {
      void this.choose(true);
    }
  }

  protected override render() {
    const { current, wrap } = this.work;
    if (session.get()?.human === null) {
      return html`<p class="card">A key has no desk: sign in as a human to take calls.</p>`;
    }
    return html`
      ${this.announced ? html`<div class="card here" role="alert">The caller is on the line</div>` : nothing}
      ${current !== null && this.ringing()
        ? html`<segue-offer
            .case=${current}
            @accept=${() => phone.accept()}
            @decline=${() => phone.decline()}
          ></segue-offer>`
        : current !== null
          ? html`<segue-talk
              .case=${current}
              .leg=${this.phone.leg}
              .note=${this.note}
              @note=${this.keepNote}
            ></segue-talk>`
          : wrap !== null
            ? html`<segue-wrap-up .case=${wrap} .note=${this.note} @saved=${this.wrapped}></segue-wrap-up>`
            : this.idle()}
    `;
  }

  private idle() {
    const registered = this.phone.registration === 'registered';
    const available = this.available();
    const standby = this.phone.leg?.purpose === 'standby';
    return html`
      <div class="idle">
        <div class="stack">
          <div class="card stack">
            <div class="row">
              <div class="grow">
                <div role="status">
                  <h1 class="state ${available && registered ? 'ready' : ''}">${this.headline(available, registered)}</h1>
                </div>
                <p class="soft">
                  ${REGISTRATION[this.phone.registration]}${this.phone.why && this.phone.registration === 'refused'
                    ? `: ${this.phone.why}`
                    : ''}${standby ? ', on standby: a tone says that a caller is there' : ''}
                </p>
              </div>
              <div class="choice" role="group" aria-label="Presence">
                <button aria-pressed=${available} @click=${() => this.choose(true)}>Available</button>
                <button aria-pressed=${!available} @click=${() => this.choose(false)}>Away</button>
              </div>
            </div>
            ${this.work.missed === null
              ? nothing
              : html`<p role="status">
                  <span class="badge warn">Missed</span> ${this.work.missed.from || 'A caller'} at
                  ${clock(this.work.missed.at)}
                  <button class="quiet" @click=${() => this.step({ is: 'seen' })}>OK</button>
                </p>`}
          </div>
          ${session.get()?.token === null ? this.firstMinute(registered) : nothing}
          <div class="card">
            <h2>Your calls</h2>
            ${this.recent.length === 0 ? html`<p class="soft">None yet.</p>` : this.list()}
          </div>
        </div>
        <div class="stack">
          <div class="card"><segue-mic-check></segue-mic-check></div>
          <div class="card stack">
            <h2>How calls come</h2>
            <div class="switch">
              <input
                id="auto"
                type="checkbox"
                .checked=${phone.autoAnswer}
                @change=${(event: Event) => (phone.autoAnswer = (event.target as HTMLInputElement).checked)}
              />
              <label for="auto">Answer by itself, with a tone</label>
            </div>
            <div class="switch">
              <input id="pause" type="checkbox" .checked=${this.pause} @change=${this.pauseChanged} />
              <label for="pause">No further call before the wrap-up is done</label>
            </div>
          </div>
        </div>
      </div>
    `;
  }

  /** At a developer's gateway, which has recorded speech and an agent for a call. */
  private firstMinute(registered: boolean) {
    return html`<div class="card stack">
      <h2>The first minute</h2>
      <p>
        A recorded caller talks to an agent; after some ten seconds the agent asks for a person, your browser rings, and you talk to
        the caller. What was said is on the screen before the first ring.
      </p>
      <div class="row">
        <button class="primary big" ?disabled=${this.placing || !registered} @click=${this.placeDemo}>
          ${this.placing ? 'Placing the call …' : 'Place the demo call'}
        </button>
        ${registered ? nothing : html`<span class="soft">as soon as your phone is ready</span>`}
        ${this.demoCall === '' ? nothing : html`<span role="status">The caller is with the agent. You will hear it ring.</span>`}
      </div>
    </div>`;
  }

  private async placeDemo(): Promise<void> {
    this.placing = true;
    try {
      await this.choose(true);
      this.demoCall = (await api.post<{ call: string }>('/demo/session/calls')).call;
    } catch (error) {
      notifyFailure('The demo call was not placed', error);
    } finally {
      this.placing = false;
    }
  }

  private pauseChanged(event: Event): void {
    this.pause = (event.target as HTMLInputElement).checked;
    browser.set(PAUSE, this.pause ? 'on' : 'off');
  }

  private headline(available: boolean, registered: boolean): string {
    if (!available) {
      return 'You are away';
    }
    return registered ? 'Waiting for a call' : 'Available, but your phone is not';
  }

  private list() {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Caller</th>
          <th scope="col">Why</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        ${this.recent.map(
          (call) =>
            html`<tr>
              <td class="number">${clock(call.answeredAt)}</td>
              <td class="said">${call.context ? from(call.context) : call.from}</td>
              <td>${reason(call.handoffs.findLast((handoff) => handoff.human === this.human)?.reason)}</td>
              <td>${call.state === 'ended' ? 'Over' : call.state === 'with_agent' ? 'With the agent' : 'Going on'}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}
