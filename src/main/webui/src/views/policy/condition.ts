import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { sentence } from '../../text/format.ts';
import { DAYS, fresh, KINDS, LABELS, listed, shown, typed, type Condition, type Kind } from './rules.ts';

/** A condition as lines of a form. Tells `changed` with the new one, and `removed`. */
@customElement('segue-condition')
export class SegueCondition extends LitElement {
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: center;
      }
      select {
        width: auto;
        max-width: 260px;
      }
      input.number {
        width: 92px;
      }
      input.text {
        flex: 1 1 160px;
        width: auto;
        min-width: 120px;
      }
      input.time {
        width: 88px;
      }
      .inner {
        margin: 6px 0 6px 10px;
        padding-left: 12px;
        border-left: 3px solid var(--line);
        display: flex;
        flex-direction: column;
        gap: 6px;
      }
      .inner > button {
        align-self: flex-start;
        min-height: 34px;
      }
      .days {
        display: flex;
        gap: 2px;
      }
      .days button {
        min-height: 40px;
        padding: 0 7px;
        font-size: 0.8125rem;
      }
    `,
  ];

  @property({ attribute: false }) condition!: Condition;
  @property({ type: Boolean }) fixed = false;
  @property({ type: Boolean }) locked = false;

  private put(condition: Condition): void {
    this.dispatchEvent(new CustomEvent('changed', { detail: condition }));
  }

  /** A line that becomes a group takes itself along. */
  private turn(kind: Kind): void {
    const now = this.condition;
    const group = (one: Kind): boolean => one === 'all' || one === 'any';
    if (group(kind)) {
      const of = 'of' in now && Array.isArray(now.of) ? now.of : now.kind === 'not' ? [now.of] : [now];
      this.put({ kind: kind as 'all' | 'any', of });
    } else if (kind === 'not') {
      this.put({ kind, of: now });
    } else {
      this.put(fresh(kind));
    }
  }

  private text(label: string, value: string, put: (text: string) => void, kind = 'text', hint = ''): TemplateResult {
    return html`<input
      class=${kind}
      aria-label=${label}
      placeholder=${hint}
      .value=${value}
      ?disabled=${this.locked}
      @change=${(event: Event) => put((event.target as HTMLInputElement).value)}
    />`;
  }

  private amount(label: string, value: number, step: string, put: (value: number) => void): TemplateResult {
    return html`<input
      class="number"
      type="number"
      step=${step}
      aria-label=${label}
      .value=${String(value)}
      ?disabled=${this.locked}
      @change=${(event: Event) => put(Number((event.target as HTMLInputElement).value))}
    />`;
  }

  private choice<T extends string>(label: string, value: T, all: readonly T[], put: (value: T) => void): TemplateResult {
    return html`<select
      aria-label=${label}
      ?disabled=${this.locked}
      @change=${(event: Event) => put((event.target as HTMLSelectElement).value as T)}
    >
      ${all.map((one) => html`<option value=${one} ?selected=${one === value}>${one}</option>`)}
    </select>`;
  }

  protected override render() {
    const condition = this.condition;
    return html`<div class="line">
        <select
          aria-label="Condition"
          ?disabled=${this.locked}
          @change=${(event: Event) => this.turn((event.target as HTMLSelectElement).value as Kind)}
        >
          ${condition.kind === 'other' ? html`<option selected value="other">something else</option>` : nothing}
          ${KINDS.map(
            (kind) => html`<option value=${kind} ?selected=${kind === condition.kind}>${LABELS[kind]}</option>`,
          )}
        </select>
        ${this.fields(condition)}
        ${this.fixed || this.locked
          ? nothing
          : html`<button
              class="quiet"
              aria-label="Remove: ${condition.kind === 'other' ? 'condition' : LABELS[condition.kind]}"
              @click=${() => this.dispatchEvent(new Event('removed'))}
            >
              ✕
            </button>`}
      </div>
      ${this.inside(condition)}`;
  }

  private fields(condition: Condition) {
    switch (condition.kind) {
      case 'intent':
      case 'phrases':
      case 'language':
        return this.text(
          LABELS[condition.kind],
          condition.list.join(', '),
          (text) => this.put({ ...condition, list: listed(text) }),
          'text',
          { intent: 'refund_*, pay', phrases: 'real person', language: 'en, de-CH' }[condition.kind],
        );
      case 'confidenceBelow':
      case 'confidenceAtLeast':
      case 'sentimentBelow':
        return this.amount(LABELS[condition.kind], condition.value, '0.01', (value) => this.put({ ...condition, value }));
      case 'lowTurns':
      case 'turns':
        return this.amount(LABELS[condition.kind], condition.value, '1', (value) => this.put({ ...condition, value }));
      case 'sentimentSlopeBelow':
        return html`${this.amount('Change a turn', condition.slope, '0.01', (slope) => this.put({ ...condition, slope }))}
          over ${this.amount('Turns', condition.turns, '1', (turns) => this.put({ ...condition, turns }))} turns`;
      case 'repeats':
        return html`${this.choice('What', condition.of, ['intent', 'text'], (of) => this.put({ ...condition, of }))}
          ${this.amount('Times', condition.times, '1', (times) => this.put({ ...condition, times }))} times`;
      case 'speaker':
        return this.choice('Who', condition.speaker, ['caller', 'agent'], (speaker) => this.put({ ...condition, speaker }));
      case 'entity':
        return html`${this.text('Name', condition.name, (name) => this.put({ ...condition, name: name.trim() }), 'text', 'tier')}
          is ${this.text('Value', shown(condition.equals), (text) => this.put({ ...condition, equals: typed(text) }), 'text', 'anything')}`;
      case 'hours':
        return this.hours(condition);
      case 'other':
        return html`<code class="mono">${JSON.stringify(condition.json)}</code>`;
      case 'all':
      case 'any':
      case 'not':
        return nothing;
    }
  }

  private hours(condition: Condition & { kind: 'hours' }) {
    const toggled = (day: string): string[] =>
      DAYS.filter((one) => condition.days.includes(one) !== (one === day));
    return html`<span class="days" role="group" aria-label="Days; none: every day">
        ${DAYS.map(
          (day) =>
            html`<button
              aria-pressed=${condition.days.includes(day)}
              ?disabled=${this.locked}
              @click=${() => this.put({ ...condition, days: toggled(day) })}
            >
              ${sentence(day)}
            </button>`,
        )}
      </span>
      ${this.text('From', condition.from, (from) => this.put({ ...condition, from: from.trim() }), 'time', '08:00')} to
      ${this.text('To', condition.to, (to) => this.put({ ...condition, to: to.trim() }), 'time', '20:00')}
      ${this.text('Zone', condition.zone, (zone) => this.put({ ...condition, zone: zone.trim() }), 'text', 'Europe/Berlin')}`;
  }

  private inside(condition: Condition) {
    if (condition.kind === 'not') {
      return html`<div class="inner">
        <segue-condition
          fixed
          .locked=${this.locked}
          .condition=${condition.of}
          @changed=${(event: CustomEvent<Condition>) => this.put({ kind: 'not', of: event.detail })}
        ></segue-condition>
      </div>`;
    }
    if (condition.kind !== 'all' && condition.kind !== 'any') {
      return nothing;
    }
    const { of } = condition;
    return html`<div class="inner">
      ${of.length === 0
        ? html`<span class="small soft">${condition.kind === 'all' ? 'Nothing is asked: it holds always.' : 'Never holds.'}</span>`
        : nothing}
      ${of.map(
        (one, i) =>
          html`<segue-condition
            .locked=${this.locked}
            .condition=${one}
            @changed=${(event: CustomEvent<Condition>) => this.put({ ...condition, of: of.with(i, event.detail) })}
            @removed=${() => this.put({ ...condition, of: of.toSpliced(i, 1) })}
          ></segue-condition>`,
      )}
      ${this.locked
        ? nothing
        : html`<button @click=${() => this.put({ ...condition, of: [...of, fresh('intent')] })}>Add a condition</button>`}
    </div>`;
  }
}
