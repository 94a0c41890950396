import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { api, ApiError, events, part, session, type Call, type Items, type Turn } from '../../api/index.ts';
import { shortcuts } from '../../keys/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';
import { sentence, words } from '../../text/format.ts';
import { settled } from './deadline.ts';
import { Hearing } from './hearing.ts';
import {
  beginning,
  callOf,
  heard,
  keyOf,
  labelled,
  order,
  SEVERITIES,
  waiting,

  type Item,
  type Offer,
  type Question,
  type Way,
} from './items.ts';
import type { SegueDecision } from './decision.ts';
import './decision.ts';
import './time-left.ts';
import '../../parts/transcript.ts';

const DONE: Record<Way, string> = { approved: 'Approved', edited: 'Edited', rejected: 'Rejected' };
const SLICES = { risk: 'by risk', random: 'drawn by lot', second: 'a second opinion' };

/** Where turns are judged: those that wait to be spoken, actions that wait for leave, and turns of past calls. */
@customElement('segue-review')
export class SegueReview extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        padding: 16px;
        width: 100%;
      }
      .desk {
        display: grid;
        grid-template-columns: 260px minmax(0, 1fr) minmax(340px, 420px);
        gap: 16px;
        align-items: start;
        max-width: 1600px;
        margin: 0 auto;
      }
      .list button {
        width: 100%;
        height: auto;
        padding: 8px 10px;
        margin-top: 6px;
        flex-direction: column;
        align-items: flex-start;
        gap: 2px;
        text-align: left;
        white-space: normal;
        overflow: hidden;
      }
      .list .what {
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      .talk {
        display: flex;
        flex-direction: column;
        gap: 12px;
        max-height: calc(100vh - 104px);
      }
      .talk segue-transcript {
        flex: 1;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
      }
      dt {
        color: var(--soft);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .aside {
        position: sticky;
        top: 72px;
      }
      .done {
        text-align: center;
        padding: 48px 16px;
      }
      @media (max-width: 1100px) {
        .desk {
          grid-template-columns: minmax(0, 1fr) minmax(320px, 380px);
        }
        .list {
          grid-column: 1 / -1;
        }
        .list ul {
          display: flex;
          gap: 8px;
          overflow-x: auto;
        }
        .list li {
          flex: 0 0 240px;
        }
        .done {
          padding: 24px 16px;
        }
      }
      @media (max-width: 700px) {
        .desk {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  /** `call/<id>`: the turns of that call, instead of what comes next. */
  @property() rest = '';
  @state() private questions: Question[] = [];
  @state() private item: Item | null = null;
  @state() private turns: Turn[] = [];
  @state() private picked: string | null = null;
  @state() private playing: string | null = null;
  @state() private silent = '';
  @state() private busy = false;
  @state() private nothingLeft = '';
  @state() private live = false;
  @state() private thresholds = new Map<string, number>();
  @state() private expiry = new Map<string, string>();
  @state() private judged = 0;
  private last: Offer | null = null;
  private shownAt = 0;
  private readonly hearing = new Hearing((turn) => (this.playing = turn));
  private leave: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const told = ({ data }: { data: Record<string, unknown> }, name: string): void => this.told(data[name] as Question);
    this.leave = [
      events.on('signoff', (event) => told(event, 'signoff')),
      events.on('approval', (event) => told(event, 'approval')),
      events.on('turn', ({ data }) => this.said(String(data['call']), data['turn'] as Turn)),
      events.on('call.ended', ({ data }) => this.ended(String(data['call']))),
      events.onReset(() => void this.readQuestions()),
      shortcuts.bind('Review', [
        { keys: 'a', label: 'Approve', run: () => void this.decide('approved'), when: () => this.may() },
        { keys: 'e', label: 'Edit, then Ctrl+Enter', run: () => this.panel?.edit(), when: () => this.may() },
        { keys: 'r', label: 'Reject', run: () => void this.decide('rejected'), when: () => this.may() },
        { keys: 'Shift+E', label: 'Fetch a person for this call', run: () => void this.escalate(), when: () => this.escalates() },
        { keys: 'h', label: 'Hear the turn, or stop', run: () => void this.hear() },
        { keys: 'j', label: 'Next turn', run: () => this.pick(1) },
        { keys: 'k', label: 'Turn before', run: () => this.pick(-1) },
        ...SEVERITIES.map((severity, i) => ({
          keys: String(i + 1),
          label: `How bad: ${severity}`,
          run: () => this.panel?.severe(severity),
          when: () => this.may(),
        })),
        { keys: 'm', label: 'Say why', run: () => this.panel?.explain(), when: () => this.may() },
        { keys: 'n', label: 'Skip, or next question', run: () => void this.next(true) },
        { keys: 'u', label: 'Back to the last turn', run: () => this.back(), when: () => this.last !== null },
        { keys: 'Escape', label: 'Leave the edit', run: () => this.panel?.leave(), inFields: true },
        { keys: 'Ctrl+Enter', label: 'Send the edit', run: () => void this.decide('edited'), inFields: true, when: () => this.may() && this.panel?.editing === true },
      ]),
    ];
    const look = window.setInterval(() => this.late(), 1_000);
    this.leave.push(() => clearInterval(look));
    void this.readAgents();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.forEach((undo) => undo());
    this.hearing.stop();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('rest')) {
      this.item = null;
      void this.arrive();
    }
  }

  private get panel(): SegueDecision | null {
    return this.renderRoot.querySelector('segue-decision');
  }

  private get call(): string | null {
    return this.rest.startsWith('call/') ? decodeURIComponent(this.rest.slice('call/'.length)) : null;
  }

  private async arrive(): Promise<void> {
    await this.readQuestions();
    if (this.call === null) {
      await this.next(false);
    } else {
      await this.readCall(this.call);
    }
  }

  private async readAgents(): Promise<void> {
    type Known = { id: string; policy?: { threshold?: number }; hitl?: { onExpiry?: string } };
    const { items } = await api.get<Items<Known>>('/agents').catch(() => ({ items: [] as Known[] }));
    this.thresholds = new Map(items.map((agent) => [agent.id, agent.policy?.threshold ?? 0.85]));
    this.expiry = new Map(items.map((agent) => [agent.id, agent.hitl?.onExpiry ?? 'handoff']));
  }

  private async readQuestions(): Promise<void> {
    try {
      const lists = await Promise.all(
        ['/approvals', '/signoffs'].map((path) => api.get<Items<Question>>(path, { query: { state: 'pending' } })),
      );
      this.questions = lists.flatMap((list) => list.items);
    } catch (error) {
      notifyFailure('What waits could not be read', error);
    }
  }

  /** Another's question never takes the place of what somebody reads; its own going does. */
  private told(question: Question): void {
    this.questions = heard(this.questions, question);
    const mine = this.item?.is === 'question' && this.item.question.id === question.id;
    if (mine && question.state !== 'pending' && !this.busy) {
      const by = question.decision?.by;
      notify(question.state === 'expired' ? 'Nobody answered in time' : `${sentence(question.state)} by ${by ?? 'somebody else'}`);
      void this.next(false);
    } else if (this.item === null && this.call === null && question.state === 'pending') {
      void this.next(false);
    }
  }

  private late(): void {
    const item = this.item;
    if (item?.is === 'question' && item.question.deadlineAt + 1_000 < Date.now() && !this.busy) {
      notify('Nobody answered in time');
      this.questions = this.questions.filter((question) => question.id !== item.question.id);
      void this.next(false);
    }
  }

  private said(call: string, turn: Turn): void {
    if (this.item !== null && callOf(this.item) === call) {
      this.turns = [...this.turns.filter((other) => other.id !== turn.id), turn];
    } else if (this.call === call) {
      this.turns = [...this.turns.filter((other) => other.id !== turn.id), turn];
      this.item ?? this.pick(1);
    }
  }

  private ended(call: string): void {
    if (this.item !== null && callOf(this.item) === call) {
      this.live = false;
    }
  }

  private show(item: Item | null): void {
    if (item !== null && (this.item === null || keyOf(this.item) !== keyOf(item))) {
      this.shownAt = Date.now();
      this.hearing.stop();
      this.silent = '';
    }
    this.item = item;
  }

  /** @param skip passes over what is shown */
  private async next(skip: boolean): Promise<void> {
    if (this.call !== null) {
      this.pick(1, true);
      return;
    }
    const was = this.item;
    const open = waiting(this.questions, Date.now()).filter((question) => this.decides(question));
    const at = was?.is === 'question' ? open.findIndex((question) => question.id === was.question.id) : -1;
    const question = skip && at >= 0 ? open[at + 1] : open[0];
    if (question !== undefined) {
      await this.showQuestion(question);
      return;
    }
    try {
      const offer = await api.get<Offer | undefined>('/reviews/next', {
        query: { skip: skip && was?.is === 'turn' ? true : null },
      });
      this.nothingLeft = '';
      this.showOffer(offer ?? null);
    } catch (error) {
      this.nothingLeft = error instanceof ApiError ? error.message : String(error);
      this.showOffer(null);
    }
  }

  private showOffer(offer: Offer | null): void {
    this.live = false;
    this.turns = offer?.turns ?? [];
    this.picked = offer?.turn.id ?? null;
    this.show(offer === null ? null : { is: 'turn', offer });
  }

  private async showQuestion(question: Question): Promise<void> {
    const path = `/${question.kind === 'signoff' ? 'signoffs' : 'approvals'}/${part(question.id)}`;
    const whole = question.evidence === undefined ? await api.get<Question>(path).catch(() => question) : question;
    this.live = true;
    this.turns = whole.evidence?.turns ?? [];
    this.picked = this.turns.at(-1)?.id ?? null;
    this.show({ is: 'question', question: whole });
  }

  private async readCall(call: string): Promise<void> {
    try {
      const read = await api.get<Call>(`/calls/${part(call)}`);
      this.live = read.state !== 'ended';
      this.turns = read.turns;
      this.picked = null;
      this.agent = read.agent;
      this.pick(1, true);
    } catch (error) {
      this.nothingLeft = error instanceof ApiError ? error.message : String(error);
    }
  }

  private agent = '';

  /** Among the turns of what is shown; of a call, it is the picked turn that is judged. */
  private pick(step: number, judge = this.call !== null): void {
    const at = this.turns.findIndex((turn) => turn.id === this.picked);
    const among = judge ? this.turns.filter(labelled) : this.turns;
    const next =
      step > 0
        ? among.find((turn) => this.turns.indexOf(turn) > at)
        : among.findLast((turn) => this.turns.indexOf(turn) < at);
    if (next !== undefined) {
      this.choose(next.id);
    }
  }

  private choose(id: string): void {
    const turn = this.turns.find((one) => one.id === id);
    if (turn === undefined) {
      return;
    }
    this.picked = id;
    if (this.call !== null) {
      this.show(
        labelled(turn)
          ? { is: 'turn', offer: { call: this.call, agent: this.agent, turn, turns: this.turns } }
          : null,
      );
    }
  }

  private async hear(): Promise<void> {
    const turn = this.turns.find((one) => one.id === this.picked);
    const call = this.item === null ? this.call : callOf(this.item);
    if (turn === undefined || call === null) {
      return;
    }
    this.silent = '';
    try {
      await this.hearing.play(call, turn, this.playing);
    } catch (error) {
      this.silent = error instanceof Error ? error.message : String(error);
    }
  }

  private decides(question: Question): boolean {
    return session.is('specialist', 'supervisor', 'admin') || (question.kind === 'approval' && session.is('reviewer'));
  }

  private may(): boolean {
    return (
      this.item !== null && !this.busy && (this.item.is === 'turn' || this.decides(this.item.question))
    );
  }

  private escalates(): boolean {
    return this.live && this.item !== null && !this.busy && !session.is('human');
  }

  private async decide(way: Way): Promise<void> {
    const item = this.item;
    const draft = this.panel?.draft;
    if (item === null || draft === undefined || !this.may() || !settled(this.shownAt, Date.now())) {
      return;
    }
    const wanted = order(item, way, draft, part);
    if (typeof wanted === 'string') {
      notify(wanted, 'bad');
      return;
    }
    this.busy = true;
    try {
      await (wanted.method === 'PUT' ? api.put(wanted.path, wanted.body) : api.post(wanted.path, wanted.body));
      this.judged++;
      notify(DONE[way], 'good');
      this.last = item.is === 'turn' ? item.offer : this.last;
      this.gone(item);
      await this.next(false);
    } catch (error) {
      notifyFailure('Not decided', error);
      if (error instanceof ApiError && (error.status === 409 || error.status === 404)) {
        this.gone(item);
        await this.next(item.is === 'turn');
      }
    } finally {
      this.busy = false;
    }
  }

  private gone(item: Item): void {
    if (item.is === 'question') {
      this.questions = this.questions.filter((question) => question.id !== item.question.id);
    }
  }

  private back(): void {
    if (this.last !== null) {
      this.showOffer(this.last);
      this.last = null;
    }
  }

  private async escalate(): Promise<void> {
    const item = this.item;
    if (item === null || !this.escalates() || !settled(this.shownAt, Date.now())) {
      return;
    }
    const reason = this.panel?.draft.reason.trim() ?? '';
    try {
      await api.post(`/calls/${part(callOf(item))}/handoff`, reason === '' ? {} : { note: reason });
      notify('A person is being fetched', 'good');
    } catch (error) {
      notifyFailure('Nobody was fetched', error);
    }
  }

  protected override render() {
    const open = waiting(this.questions, Date.now());
    return html`<p class="sr" role="status">${this.item === null ? '' : announcement(this.item)}</p>
      <div class="desk">
      <nav class="card list" aria-label="Waiting">
        <div class="row">
          <h2 class="grow">Waiting</h2>
          <span class="badge ${open.length > 0 ? 'warn' : ''}">${open.length}</span>
        </div>
        ${open.length === 0
          ? html`<p class="soft small">Nothing waits for leave.</p>`
          : html`<ul>
              ${repeat(
                open,
                (question) => question.id,
                (question) => this.entry(question),
              )}
            </ul>`}
        ${this.judged === 0 ? nothing : html`<p class="small soft">${this.judged} judged in this visit</p>`}
        ${this.call === null ? nothing : html`<a class="small" href="#/review">Back to what comes next</a>`}
      </nav>
      ${this.item === null && this.turns.length === 0 ? this.empty() : this.case()}
    </div>`;
  }

  private entry(question: Question) {
    const shown = this.item?.is === 'question' && this.item.question.id === question.id;
    return html`<li>
      <button aria-pressed=${shown} @click=${() => this.showQuestion(question)}>
        <segue-time-left .asked=${question.askedAt} .until=${question.deadlineAt}></segue-time-left>
        <span>${question.kind === 'signoff' ? sentence(question.action?.type) : 'Wants to say'}</span>
        <span class="what small"
          >${question.kind === 'signoff' ? question.action?.summary : question.turn?.text}</span
        >
      </button>
    </li>`;
  }

  private empty() {
    return html`<div class="card done">
        <h1>${this.nothingLeft === '' ? 'Nothing is left to judge' : 'No turns to judge'}</h1>
        <p class="soft">
          ${this.nothingLeft === ''
            ? 'What comes next appears here by itself.'
            : this.nothingLeft}
        </p>
      </div>
      <div></div>`;
  }

  private case() {
    const item = this.item;
    const agent = item === null ? this.agent : item.is === 'turn' ? (item.offer.agent ?? '') : item.question.agent;
    const call = item === null ? this.call : callOf(item);
    const evidence = item?.is === 'question' ? item.question.evidence : undefined;
    return html`
      <section class="card talk" aria-label="What was said">
        <div class="row">
          <h2 class="grow">${this.live ? 'Live call' : 'Past call'}${agent === '' ? '' : ` of ${words(agent)}`}</h2>
          ${item?.is === 'turn' && item.offer.slice !== undefined
            ? html`<span class="badge">${SLICES[item.offer.slice]}</span>`
            : nothing}
          ${this.call === null && call !== null
            ? html`<a class="small" href="#/review/call/${part(call)}">Whole call</a>`
            : nothing}
          <button @click=${this.hear} aria-pressed=${this.playing !== null}>
            ${this.playing === null ? 'Hear the turn' : 'Stop'} <kbd>H</kbd>
          </button>
        </div>
        ${this.silent === '' ? nothing : html`<p class="small" role="status">${this.silent}</p>`}
        ${evidence === undefined ? nothing : this.evidence(evidence)}
        <segue-transcript
          .turns=${this.turns}
          .threshold=${this.thresholds.get(agent) ?? 0.85}
          .marked=${this.picked}
          .heard=${this.playing}
          @pick=${(event: CustomEvent<string>) => this.choose(event.detail)}
        ></segue-transcript>
      </section>
      <div class="aside">
        ${item === null
          ? html`<p class="card soft">A human’s words, and a caller’s without an intent, are not judged.</p>`
          : html`<segue-decision
              .item=${item}
              .begun=${beginning(item)}
              .allowed=${this.may()}
              .barred=${item.is === 'question' && !this.decides(item.question)}
              .escalates=${this.escalates()}
              .live=${this.live}
              .threshold=${this.thresholds.get(agent) ?? 0.85}
              .expiry=${this.expiry.get(agent) ?? 'handoff'}
              @way=${(event: CustomEvent<Way>) => this.decide(event.detail)}
              @escalate=${this.escalate}
              @skip=${() => this.next(true)}
            ></segue-decision>`}
      </div>
    `;
  }

  private evidence(evidence: NonNullable<Question['evidence']>) {
    const facts = Object.entries(evidence.facts ?? {});
    return html`${evidence.summary ? html`<p class="said">${evidence.summary}</p>` : nothing}
      <dl class="small">
        <dt>Caller</dt>
        <dd>${evidence.contact ?? evidence.caller?.number ?? 'unknown'}</dd>
        ${facts.map(
          ([name, value]) =>
            html`<dt>${sentence(name)}</dt>
              <dd class="said">${typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>`,
        )}
      </dl>
      ${evidence.turnsLeftOut
        ? html`<p class="small soft">${evidence.turnsLeftOut} earlier turns are left out.</p>`
        : nothing}`;
  }
}

/** What stands there now, for whoever hears the page. */
function announcement(item: Item): string {
  if (item.is === 'turn') {
    return `To judge, said by the ${item.offer.turn.speaker}: ${item.offer.turn.text}`;
  }
  const { action, turn } = item.question;
  return action === undefined
    ? `The agent wants to say: ${turn?.text ?? ''}`
    : `To sign off: ${action.type} ${action.amount ?? ''} ${action.currency ?? ''} ${action.summary ?? ''}`;
}
