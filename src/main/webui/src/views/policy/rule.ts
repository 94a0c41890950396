import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { listed, REASONS, say, type Condition, type Rule } from './rules.ts';
import './condition.ts';

/** A rule: folded in words, open as a form. Tells `changed`, `removed`, `moved` (−1 or 1). */
@customElement('segue-rule')
export class SegueRule extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      :host([off]) {
        opacity: 0.75;
      }
      summary {
        display: flex;
        gap: 10px;
        align-items: baseline;
        padding: 10px 14px;
        cursor: pointer;
      }
      summary .say {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .form {
        padding: 4px 14px 14px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: end;
      }
      .line > div {
        flex: 1 1 130px;
      }
      .line > .narrow {
        flex: 0 1 92px;
      }
      .place {
        font-variant-numeric: tabular-nums;
        color: var(--soft);
      }
    `,
  ];

  @property({ attribute: false }) rule!: Rule;
  @property({ type: Number }) place = 0;
  @property({ attribute: false }) faults: string[] = [];
  @property({ attribute: false }) queues: string[] = [];
  @property({ type: Boolean }) locked = false;
  @property({ type: Boolean }) opened = false;

  private put(change: Partial<Rule>): void {
    this.dispatchEvent(new CustomEvent('changed', { detail: { ...this.rule, ...change } }));
  }

  protected override willUpdate(): void {
    this.toggleAttribute('off', !this.rule.enabled);
  }

  protected override render() {
    const rule = this.rule;
    const where = rule.do === 'carry' ? 'the agent keeps it' : `${rule.do}${rule.queue === '' ? '' : ` to ${rule.queue}`}`;
    return html`<details ?open=${this.opened || this.faults.length > 0}>
      <summary>
        <span class="place">${this.place + 1}.</span>
        <span class="say"><b>${rule.id || 'unnamed'}</b>: if ${say(rule.when)}, <b>${where}</b></span>
        ${rule.enabled ? nothing : html`<span class="badge">off</span>`}
        ${this.faults.length > 0 ? html`<span class="badge bad">wrong</span>` : nothing}
      </summary>
      <div class="form stack">
        ${this.faults.map((fault) => html`<p class="problem" role="alert">${fault}</p>`)}
        <div class="line">
          <div>
            <label for="id">Name</label>
            <input
              id="id"
              .value=${rule.id}
              ?disabled=${this.locked}
              @change=${(event: Event) => this.put({ id: (event.target as HTMLInputElement).value.trim() })}
            />
          </div>
          <div>
            <label for="do">Then</label>
            <select
              id="do"
              ?disabled=${this.locked}
              @change=${(event: Event) => this.put({ do: (event.target as HTMLSelectElement).value as Rule['do'] })}
            >
              <option value="handoff" ?selected=${rule.do === 'handoff'}>hand off</option>
              <option value="prewarm" ?selected=${rule.do === 'prewarm'}>prewarm a human</option>
              <option value="carry" ?selected=${rule.do === 'carry'}>the agent keeps it</option>
            </select>
          </div>
          ${rule.do === 'carry' ? nothing : this.whom(rule)}
        </div>
        <div>
          <h3>If</h3>
          <segue-condition
            fixed
            .locked=${this.locked}
            .condition=${rule.when}
            @changed=${(event: CustomEvent<Condition>) => this.put({ when: event.detail })}
          ></segue-condition>
        </div>
        ${this.locked
          ? nothing
          : html`<div class="row">
              <button aria-label="Move up" @click=${() => this.move(-1)}>↑</button>
              <button aria-label="Move down" @click=${() => this.move(1)}>↓</button>
              <button aria-pressed=${rule.enabled} @click=${() => this.put({ enabled: !rule.enabled })}>
                ${rule.enabled ? 'On' : 'Off'}
              </button>
              <span class="grow"></span>
              <button class="quiet" @click=${() => this.dispatchEvent(new Event('removed'))}>Remove the rule</button>
            </div>`}
      </div>
    </details>`;
  }

  private move(by: number): void {
    this.dispatchEvent(new CustomEvent('moved', { detail: by }));
  }

  private whom(rule: Rule) {
    return html`<div>
        <label for="queue">Queue</label>
        <input
          id="queue"
          list="queues"
          placeholder="the agent’s own"
          .value=${rule.queue}
          ?disabled=${this.locked}
          @change=${(event: Event) => this.put({ queue: (event.target as HTMLInputElement).value.trim() })}
        />
        <datalist id="queues">${this.queues.map((queue) => html`<option value=${queue}></option>`)}</datalist>
      </div>
      <div>
        <label for="skills">Skills</label>
        <input
          id="skills"
          .value=${rule.skills.join(', ')}
          ?disabled=${this.locked}
          @change=${(event: Event) => this.put({ skills: listed((event.target as HTMLInputElement).value) })}
        />
      </div>
      <div>
        <label for="reason">Reason</label>
        <select
          id="reason"
          ?disabled=${this.locked}
          @change=${(event: Event) => this.put({ reason: (event.target as HTMLSelectElement).value })}
        >
          ${REASONS.map(
            (reason) =>
              html`<option value=${reason} ?selected=${reason === rule.reason}>
                ${reason === '' ? 'a rule' : reason.replaceAll('_', ' ')}
              </option>`,
          )}
        </select>
      </div>
      <div class="narrow">
        <label for="priority">Priority</label>
        <input
          id="priority"
          type="number"
          min="0"
          max="10"
          .value=${rule.priority === null ? '' : String(rule.priority)}
          ?disabled=${this.locked}
          @change=${(event: Event) => {
            const { value } = event.target as HTMLInputElement;
            this.put({ priority: value === '' ? null : Number(value) });
          }}
        />
      </div>`;
  }
}
