import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { sentence, words } from '../../text/format.ts';
import { keyOf, SEVERITIES, type Draft, type Item, type Question, type Severity, type Way } from './items.ts';
import './time-left.ts';
import '../../parts/confidence.ts';

const EXPIRY: Record<string, string> = {
  handoff: 'If nobody answers it is not said, and a person is fetched.',
  approve: 'If nobody answers it is said as it stands.',
  reject: 'If nobody answers it is not said.',
};

/** The one control with three ways, and what it is about. */
@customElement('segue-decision')
export class SegueDecision extends LitElement {
  static override styles = [
    shared,
    css`
      .words {
        font-size: 1.25rem;
        line-height: 1.4;
        border-left: 5px solid var(--accent);
        padding-left: 14px;
      }
      .amount {
        font-size: 2rem;
        font-weight: 700;
        font-variant-numeric: tabular-nums;
      }
      .ways {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
      }
      .ways button {
        min-height: 56px;
        padding: 4px 6px;
        border-radius: 0;
        font-size: 1rem;
        flex-wrap: wrap;
        gap: 2px 7px;
      }
      .ways button:first-child {
        border-radius: var(--radius) 0 0 var(--radius);
      }
      .ways button:last-child {
        border-radius: 0 var(--radius) var(--radius) 0;
      }
      .ways button + button {
        border-left: 0;
      }
      .severe {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 4px;
      }
      .severe button {
        min-height: 34px;
        padding: 0 7px;
        gap: 5px;
        font-size: 0.9375rem;
        font-weight: 400;
      }
      table {
        font-size: 0.875rem;
      }
      td {
        overflow-wrap: anywhere;
      }
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
      }
      legend {
        font-weight: 600;
        font-size: 0.875rem;
        padding: 0;
      }
    `,
  ];

  @property({ attribute: false }) item!: Item;
  @property({ attribute: false }) begun!: Draft;
  @property({ type: Boolean }) allowed = false;
  /** Whether somebody of another role has to decide. */
  @property({ type: Boolean }) barred = false;
  @property({ type: Boolean }) escalates = false;
  @property({ type: Boolean }) live = false;
  @property({ type: Number }) threshold = 0.85;
  @property() expiry = 'handoff';
  @state() editing = false;
  @state() draft: Draft = { text: '', amount: '', severity: null, reason: '' };
  @query('#text') private readonly text!: HTMLTextAreaElement | null;
  @query('#reason') private readonly why!: HTMLTextAreaElement | null;
  private shown = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('item') && keyOf(this.item) !== this.shown) {
      this.shown = keyOf(this.item);
      this.draft = this.begun;
      this.editing = false;
    }
  }

  async edit(): Promise<void> {
    this.editing = true;
    await this.updateComplete;
    this.text?.focus();
    this.text?.setSelectionRange(this.text.value.length, this.text.value.length);
  }

  severe(severity: Severity): void {
    this.draft = { ...this.draft, severity: this.draft.severity === severity ? null : severity };
  }

  explain(): void {
    this.why?.focus();
  }

  leave(): void {
    if (this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement instanceof HTMLElement) {
      this.renderRoot.activeElement.blur();
    }
    this.editing = false;
  }

  private put(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
  }

  private way(way: Way): void {
    this.dispatchEvent(new CustomEvent('way', { detail: way }));
  }

  protected override render() {
    const item = this.item;
    return html`<div class="card stack">
      ${item.is === 'question' ? this.question(item.question) : this.turn(item)}
      ${this.editing ? this.editor(item) : nothing}
      ${this.barred
        ? html`<p class="small">
            ${item.is === 'question' && item.question.kind === 'signoff'
              ? 'A sign-off takes a specialist or a supervisor.'
              : 'This takes a reviewer, a specialist or a supervisor.'}
          </p>`
        : nothing}
      <div class="ways" role="group" aria-label="Decision">
        <button class="primary" ?disabled=${!this.allowed} @click=${() => this.way('approved')}>
          Approve <kbd>A</kbd>
        </button>
        ${this.editing
          ? html`<button ?disabled=${!this.allowed} @click=${() => this.way('edited')}>
              Send <kbd>Ctrl+⏎</kbd>
            </button>`
          : html`<button ?disabled=${!this.allowed} @click=${this.edit}>Edit <kbd>E</kbd></button>`}
        <button class="bad" ?disabled=${!this.allowed} @click=${() => this.way('rejected')}>Reject <kbd>R</kbd></button>
      </div>
      <fieldset>
        <legend>How bad, if it is wrong</legend>
        <div class="severe">
          ${SEVERITIES.map(
            (severity, i) =>
              html`<button
                aria-pressed=${this.draft.severity === severity}
                ?disabled=${!this.allowed}
                @click=${() => this.severe(severity)}
              >
                ${sentence(severity)} <kbd>${i + 1}</kbd>
              </button>`,
          )}
        </div>
      </fieldset>
      <div>
        <label for="reason">Why <kbd>M</kbd></label>
        <textarea
          id="reason"
          rows="2"
          maxlength="2000"
          .value=${this.draft.reason}
          @input=${(event: Event) => this.put({ reason: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </div>
      <div class="row">
        ${this.live
          ? html`<button ?disabled=${!this.escalates} @click=${() => this.dispatchEvent(new Event('escalate'))}>
              Fetch a person <kbd>Shift+E</kbd>
            </button>`
          : nothing}
        <span class="grow"></span>
        <button class="quiet" @click=${() => this.dispatchEvent(new Event('skip'))}>Skip <kbd>N</kbd></button>
      </div>
    </div>`;
  }

  private question(question: Question) {
    const action = question.action;
    return html`<div class="row">
        <segue-time-left big aloud .asked=${question.askedAt} .until=${question.deadlineAt}></segue-time-left>
      </div>
      ${action === undefined
        ? html`<h1>The agent wants to say</h1>
            <p class="said words">${question.turn?.text}</p>
            <p class="small soft">${EXPIRY[this.expiry] ?? ''}</p>`
        : html`<h1>${sentence(action.type)}</h1>
            ${action.amount === undefined
              ? nothing
              : html`<p class="amount">${action.amount.toLocaleString()} ${action.currency ?? ''}</p>`}
            <p class="said">${action.summary}</p>
            ${question.boundary === undefined ? nothing : html`<p class="small soft">${boundary(question.boundary)}</p>`}
            ${this.editing ? nothing : payload(action.payload ?? {})}
            <p class="small soft">If nobody answers it is not done.</p>`}`;
  }

  private turn(item: Item & { is: 'turn' }) {
    const { turn } = item.offer;
    const caller = turn.speaker === 'caller';
    return html`<h1>${caller ? 'Was the caller understood?' : 'Was the agent right?'}</h1>
      <p class="said words">${turn.text}</p>
      <div class="row small">
        ${turn.intent ? html`<span>Intent: <b>${words(turn.intent)}</b></span>` : nothing}
        ${turn.confidence === undefined
          ? nothing
          : html`<segue-confidence .value=${turn.confidence} .threshold=${this.threshold}></segue-confidence>`}
        ${turn.language ? html`<span>${turn.language}</span>` : nothing}
      </div>`;
  }

  private editor(item: Item) {
    const action = item.is === 'question' ? item.question.action : undefined;
    const label =
      action !== undefined
        ? 'What is to be done instead (JSON)'
        : item.is === 'turn' && item.offer.turn.speaker === 'caller'
          ? 'The intent it should have been'
          : item.is === 'turn'
            ? 'What it should have said'
            : 'What it is to say instead';
    return html`${action?.amount === undefined
        ? nothing
        : html`<div>
            <label for="amount">Amount ${action.currency ?? ''}</label>
            <input
              id="amount"
              inputmode="decimal"
              .value=${this.draft.amount}
              @input=${(event: Event) => this.put({ amount: (event.target as HTMLInputElement).value })}
            />
          </div>`}
      <div>
        <label for="text">${label}</label>
        <textarea
          id="text"
          rows="5"
          class=${action === undefined ? '' : 'mono'}
          .value=${this.draft.text}
          @input=${(event: Event) => this.put({ text: (event.target as HTMLTextAreaElement).value })}
        ></textarea>
      </div>`;
  }
}

function boundary({ action, above, currency }: NonNullable<Question['boundary']>): string {
  return above === undefined
    ? `Every ${action} needs a person.`
    : `Past the boundary: ${action} above ${above.toLocaleString()} ${currency ?? ''}`.trimEnd();
}

function payload(fields: Record<string, unknown>) {
  const entries = Object.entries(fields);
  return entries.length === 0
    ? nothing
    : html`<table>
        <caption class="sr">
          What it covers
        </caption>
        <tbody>
          ${entries.map(
            ([name, value]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="said">${typeof value === 'object' ? JSON.stringify(value) : String(value)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`;
}
