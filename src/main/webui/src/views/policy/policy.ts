import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, ApiError, part, session, type Items } from '../../api/index.ts';
import { shortcuts } from '../../keys/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';
import { words } from '../../text/format.ts';
import { paths, type AgentDocument, type QueueDocument } from './paths.ts';
import { faults, fresh, readRule, writeRule, type Json, type Rule } from './rules.ts';
import './path-map.ts';
import './rule.ts';
import type { SegueShadow } from './shadow.ts';
import './shadow.ts';
import './versions.ts';

interface Agent extends AgentDocument {
  name: string;
  version: number;
}

/** Beside the rules: the fields that hold when no rule does. */
const FIELDS: readonly { name: string; label: string; step: string; unit?: string }[] = [
  { name: 'threshold', label: 'Confidence needed', step: '0.01' },
  { name: 'sentimentFloor', label: 'Mood floor', step: '0.05' },
  { name: 'prewarmMargin', label: 'Prewarm within', step: '0.01' },
  { name: 'callerSilenceSeconds', label: 'Caller silent, s', step: '1' },
  { name: 'agentSilenceSeconds', label: 'Agent silent, s', step: '1' },
  { name: 'maxWaitSeconds', label: 'Longest wait, s', step: '1' },
];

/** When a call goes to a person, and to whom. */
@customElement('segue-policy')
export class SeguePolicy extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        padding: 16px;
        width: 100%;
        max-width: 1500px;
        margin: 0 auto;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 12px;
        align-items: end;
        margin-bottom: 16px;
      }
      .head label {
        display: block;
      }
      .head select {
        width: auto;
        min-width: 220px;
      }
      .head input {
        width: 320px;
        max-width: 100%;
      }
      .body {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(300px, 2fr);
        gap: 16px;
        align-items: start;
        margin-top: 16px;
      }
      .side {
        position: sticky;
        top: 72px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 10px;
        align-items: end;
      }
      @media (max-width: 1000px) {
        .body {
          grid-template-columns: minmax(0, 1fr);
        }
        .side {
          position: static;
        }
      }
    `,
  ];

  /** Which agent. */
  @property() rest = '';
  @state() private agents: Agent[] | null = null;
  @state() private queues: QueueDocument[] = [];
  @state() private agent: Agent | null = null;
  @state() private rules: Rule[] = [];
  @state() private fields: Json = {};
  @state() private wrong = new Map<number, string[]>();
  @state() private note = '';
  @state() private busy = false;
  @state() private problem = '';
  @state() private added = -1;
  private unbind = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.unbind = shortcuts.bind('Policy', [
      { keys: 'n', label: 'New rule', run: () => this.add(), when: () => this.drafts() },
      { keys: 'Ctrl+s', label: 'Save', run: () => void this.save(), when: () => this.saves(), inFields: true },
      { keys: 't', label: 'Try the draft on past calls', run: () => this.renderRoot.querySelector<SegueShadow>('segue-shadow')?.ask() },
    ]);
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unbind();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rest') && this.agents !== null) {
      this.show(this.agents.find((agent) => agent.id === decodeURIComponent(this.rest)) ?? this.agents[0] ?? null);
    }
  }

  /** A supervisor may draft, and ask what past calls would have said to it. */
  private drafts(): boolean {
    return session.is('supervisor', 'admin') && this.agent !== null;
  }

  private saves(): boolean {
    return session.is('admin') && this.agent !== null && !this.busy;
  }

  private async read(): Promise<void> {
    try {
      const [agents, queues] = await Promise.all([
        api.get<Items<Agent>>('/agents'),
        api.get<Items<QueueDocument>>('/queues'),
      ]);
      this.agents = agents.items;
      this.queues = queues.items;
      const wanted = this.agent?.id ?? decodeURIComponent(this.rest);
      this.show(agents.items.find((agent) => agent.id === wanted) ?? agents.items[0] ?? null);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  private show(agent: Agent | null): void {
    this.agent = agent;
    this.rules = ((agent?.policy['rules'] ?? []) as Json[]).map(readRule);
    this.fields = Object.fromEntries(FIELDS.map(({ name }) => [name, agent?.policy[name]]));
    this.wrong = new Map();
    this.note = '';
    this.added = -1;
  }

  /** What would be saved. */
  private draft(): Json {
    const { rules: _, ...policy } = this.agent?.policy ?? {};
    const known = Object.fromEntries(Object.entries(this.fields).filter(([, value]) => value !== undefined));
    return { ...policy, ...known, ...(this.rules.length === 0 ? {} : { rules: this.rules.map(writeRule) }) };
  }

  private dirty(): boolean {
    const was = this.agent?.policy ?? {};
    const before = { ...was, rules: ((was['rules'] ?? []) as Json[]).map((rule) => writeRule(readRule(rule))) };
    const now = { ...this.draft(), rules: this.rules.map(writeRule) };
    return sorted(before) !== sorted(now);
  }

  private put(at: number, rule: Rule): void {
    this.rules = this.rules.with(at, rule);
    this.wrong = new Map();
  }

  private add(): void {
    const names = new Set(this.rules.map((rule) => rule.id));
    let number = this.rules.length + 1;
    while (names.has(`rule-${number}`)) {
      number++;
    }
    this.added = this.rules.length;
    this.rules = [
      ...this.rules,
      {
        id: `rule-${number}`,
        when: fresh('intent'),
        do: 'handoff',
        reason: '',
        queue: '',
        skills: [],
        priority: null,
        enabled: true,
        more: {},
        moreThen: {},
      },
    ];
  }

  private move(at: number, by: number): void {
    const to = at + by;
    const rule = this.rules[at];
    if (rule !== undefined && to >= 0 && to < this.rules.length) {
      this.rules = this.rules.toSpliced(at, 1).toSpliced(to, 0, rule);
    }
  }

  private async save(): Promise<void> {
    const agent = this.agent;
    if (agent === null || !this.saves() || !this.dirty()) {
      return;
    }
    this.busy = true;
    try {
      const note = this.note.trim();
      const response = await api.response(
        'PUT',
        `/agents/${part(agent.id)}`,
        { ...agent, policy: this.draft() },
        { headers: { 'If-Match': `"${agent.version}"` }, query: { note: note === '' ? null : note } },
      );
      const saved = (await response.json()) as Agent & { warnings?: { field: string; message: string }[] };
      notify(`Saved as version ${saved.version}`, 'good');
      saved.warnings?.forEach((warning) => notify(`${warning.field} ${warning.message}`));
      await this.read();
    } catch (error) {
      if (error instanceof ApiError && error.errors.length > 0) {
        this.wrong = faults(error.errors);
      }
      notifyFailure(
        error instanceof ApiError && error.status === 412 ? 'Somebody has changed the agent meanwhile' : 'Not saved',
        error,
      );
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    if (this.problem !== '') {
      return html`<p class="problem" role="alert">${this.problem}</p>`;
    }
    if (this.agents === null) {
      return html`<p class="soft" aria-busy="true"></p>`;
    }
    const agent = this.agent;
    if (agent === null) {
      return html`<p class="card">No agent is configured yet.</p>`;
    }
    const locked = !this.drafts();
    const admin = session.is('admin');
    const draft = { ...agent, policy: this.draft() };
    const dirty = this.dirty();
    return html`
      <h1 class="sr">Policy of ${words(agent.name)}</h1>
      <div class="head">
        <div>
          <label for="agent">Agent</label>
          <select
            id="agent"
            @change=${(event: Event) => (location.hash = `#/policy/${part((event.target as HTMLSelectElement).value)}`)}
          >
            ${this.agents.map(
              (one) => html`<option value=${one.id} ?selected=${one.id === agent.id}>${one.name}</option>`,
            )}
          </select>
        </div>
        <p class="grow soft">
          Version ${agent.version}${dirty ? html`, <b>changed here and not saved</b>` : nothing}${admin ? '' : '. Only an administrator saves'}
        </p>
        ${!admin
          ? nothing
          : html`<div>
                <label for="note">Why</label>
                <input
                  id="note"
                  maxlength="500"
                  placeholder="Stands beside the version"
                  .value=${this.note}
                  @input=${(event: Event) => (this.note = (event.target as HTMLInputElement).value)}
                />
              </div>
              <button ?disabled=${!dirty} @click=${() => this.show(agent)}>Discard</button>
              <button class="primary" ?disabled=${!dirty || this.busy} @click=${this.save}>
                Save <kbd>Ctrl+S</kbd>
              </button>`}
      </div>
      <section class="card" aria-label="Where a call can go">
        <h2>Where a call of ${words(agent.name)} can go</h2>
        <segue-path-map .paths=${paths(draft, this.queues)}></segue-path-map>
      </section>
      <div class="body">
        <div class="stack">
          <section class="stack" aria-label="Rules">
            <div class="row">
              <h2 class="grow">Rules, in this order: the first that holds decides</h2>
              ${locked ? nothing : html`<button @click=${this.add}>New rule <kbd>N</kbd></button>`}
            </div>
            ${this.rules.length === 0 ? html`<p class="soft">None: the fields below decide.</p>` : nothing}
            ${this.rules.map(
              (rule, i) =>
                html`<segue-rule
                  .rule=${rule}
                  .place=${i}
                  .locked=${locked}
                  .opened=${this.added === i}
                  .faults=${this.wrong.get(i) ?? []}
                  .queues=${this.queues.map((queue) => queue.id)}
                  @changed=${(event: CustomEvent<Rule>) => this.put(i, event.detail)}
                  @removed=${() => (this.rules = this.rules.toSpliced(i, 1))}
                  @moved=${(event: CustomEvent<number>) => this.move(i, event.detail)}
                ></segue-rule>`,
            )}
          </section>
          <section class="card stack" aria-label="When no rule holds">
            <h2>When no rule holds</h2>
            <p class="small soft">With a mood floor of −1 no mood hands off; with 0 seconds no silence does.</p>
            <div class="fields">
              ${FIELDS.map(
                ({ name, label, step }) =>
                  html`<div>
                    <label for=${name}>${label}</label>
                    <input
                      id=${name}
                      type="number"
                      step=${step}
                      .value=${String(this.fields[name] ?? '')}
                      ?disabled=${locked}
                      @change=${(event: Event) => {
                        const { value } = event.target as HTMLInputElement;
                        this.fields = { ...this.fields, [name]: value === '' ? undefined : Number(value) };
                      }}
                    />
                  </div>`,
              )}
            </div>
          </section>
        </div>
        <div class="stack side">
          ${locked
            ? nothing
            : html`<segue-shadow .agent=${agent.id} .policy=${draft.policy} .changed=${dirty}></segue-shadow>`}
          <segue-versions
            .agent=${agent.id}
            .version=${agent.version}
            .locked=${!admin}
            @restored=${() => this.read()}
          ></segue-versions>
        </div>
      </div>
    `;
  }
}

/** The same for the same content, whatever the order of the fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => a.localeCompare(b)))
      : one,
  );
}
