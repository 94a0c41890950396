import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, part } from '../../api/index.ts';
import { shared } from '../../style/shared.ts';
import { words } from '../../text/format.ts';
import type { Json } from './rules.ts';

interface Verdict {
  turn: string;
  reason: string;
  detail: string;
  queue?: string;
}

interface Answer {
  calls: number;
  turns: number;
  handoffs: { current: number; draft: number };
  differ: number;
  differences: { call: string; current?: Verdict; draft?: Verdict }[];
  more: boolean;
  next?: string;
}

const SHOWN = 8;

/** What the draft would have done to past calls. */
@customElement('segue-shadow')
export class SegueShadow extends LitElement {
  static override styles = [
    shared,
    css`
      .figures {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 8px;
      }
      .figures + p {
        margin: 8px 0;
      }
      .figures b {
        display: block;
        font-size: 1.75rem;
        line-height: 1.1;
        font-variant-numeric: tabular-nums;
      }
      li {
        padding: 8px 0;
        border-top: 1px solid var(--line);
        overflow-wrap: anywhere;
      }
      .stale {
        border-left: 4px dashed var(--warn);
        padding-left: 12px;
      }
    `,
  ];

  @property() agent = '';
  @property({ attribute: false }) policy: Json = {};
  @property({ type: Boolean }) changed = false;
  @state() private answer: Answer | null = null;
  @state() private asked = '';
  @state() private problem = '';
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('agent')) {
      this.answer = null;
      this.problem = '';
    }
  }

  async ask(): Promise<void> {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = '';
    const asked = JSON.stringify(this.policy);
    try {
      this.answer = await api.post<Answer>(`/agents/${part(this.agent)}/shadow`, { policy: this.policy });
      this.asked = asked;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const stale = this.answer !== null && this.asked !== JSON.stringify(this.policy);
    return html`<section class="card stack" aria-label="Shadow">
      <div class="row">
        <h2 class="grow">On past calls</h2>
        <button class=${this.changed ? 'primary' : ''} ?disabled=${this.busy} @click=${this.ask}>
          ${this.busy ? 'Trying …' : 'Try the draft'} <kbd>T</kbd>
        </button>
      </div>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.answer === null
        ? html`<p class="soft small">
            Asks both policies about every turn of the agent’s past calls. Nothing is changed by it.
          </p>`
        : html`${stale ? html`<p class="small" role="status">The draft has changed since. Try it again.</p>` : nothing}
            <div class=${stale ? 'stale' : ''} role="status">${this.told(this.answer)}</div>`}
    </section>`;
  }

  private told(answer: Answer) {
    const { current, draft } = answer.handoffs;
    const more = draft - current;
    return html`<div class="figures">
        <div><b>${current}</b><span class="small soft">handed off now</span></div>
        <div><b>${draft}</b><span class="small soft">with the draft</span></div>
        <div><b>${answer.differ}</b><span class="small soft">calls differ</span></div>
      </div>
      <p>
        Of ${answer.calls.toLocaleString()} calls${answer.more ? ' so far, there are more' : ''}:
        ${more === 0 ? 'as many handoffs' : `${Math.abs(more)} ${more > 0 ? 'more' : 'fewer'} handoffs`}.
      </p>
      <ul>
        ${answer.differences.slice(0, SHOWN).map(
          ({ call, current: was, draft: now }) =>
            html`<li class="small">
              <a class="mono" href="#/review/call/${part(call)}">${call.slice(0, 8)}</a>
              ${line('now', was)} ${line('draft', now)}
            </li>`,
        )}
      </ul>
      ${answer.differ > SHOWN ? html`<p class="small soft">And ${answer.differ - SHOWN} more.</p>` : nothing}`;
  }
}

function line(whose: string, verdict: Verdict | undefined) {
  return html`<div>
    <span class="soft">${whose}:</span> ${verdict === undefined
      ? 'the agent keeps it'
      : `${words(verdict.reason)} at ${verdict.turn} (${verdict.detail})${verdict.queue ? ` to ${verdict.queue}` : ''}`}
  </div>`;
}
