import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api, part } from '../../api/index.ts';
import { notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';
import { span } from '../../text/format.ts';
import { from } from './briefing.ts';
import type { Case } from './work.ts';
import { shortcuts } from '../../keys/index.ts';

const OUTCOMES = [
  { id: 'resolved', label: 'Resolved', what: 'What they wanted is done' },
  { id: 'follow_up', label: 'Follow up', what: 'Somebody has to come back to it' },
  { id: 'unresolved', label: 'Not resolved', what: 'It could not be done' },
  { id: 'misdirected', label: 'Misdirected', what: 'They were wrong here, or nobody was there' },
] as const;

/** After a call: what came of it, and a note. */
@customElement('segue-wrap-up')
export class SegueWrapUp extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        max-width: 760px;
        margin: 0 auto;
      }
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
        gap: 8px;
      }
      .outcome {
        display: flex;
        gap: 12px;
        align-items: center;
        border: 1px solid var(--edge);
        border-radius: var(--radius);
        padding: 12px;
        cursor: pointer;
      }
      .outcome:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-wash);
      }
      .outcome b {
        display: block;
        font-size: 1.0625rem;
      }
      .outcome kbd {
        margin-left: auto;
      }
      @media (max-width: 600px) {
        fieldset {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) case: Case | null = null;
  @property() note = '';
  @state() private chosen = '';
  @state() private busy = false;
  @query('textarea') private readonly text!: HTMLTextAreaElement;
  private unbind = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.unbind = shortcuts.bind('Wrap-up', [
      ...OUTCOMES.map((outcome, i) => ({
        keys: String(i + 1),
        label: outcome.label,
        run: () => (this.chosen = outcome.id),
      })),
      { keys: 'Ctrl+Enter', label: 'Save, and take the next call', run: () => void this.save(true), inFields: true },
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unbind();
  }

  private async save(next: boolean): Promise<void> {
    const one = this.case;
    if (one === null || this.chosen === '' || this.busy) {
      return;
    }
    const note = this.text.value.trim();
    this.busy = true;
    try {
      await api.post(`/calls/${part(one.call)}/outcome`, {
        outcome: this.chosen,
        ...(note === '' ? {} : { note }),
      });
      this.dispatchEvent(new CustomEvent('saved', { detail: { next } }));
    } catch (error) {
      notifyFailure('The outcome was not saved', error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const one = this.case;
    if (one === null) {
      return nothing;
    }
    const talked = one.answeredAt === null || one.endedAt === null ? null : one.endedAt - one.answeredAt;
    return html`<div class="card stack">
      <div>
        <h1>What came of it?</h1>
        <p class="soft">${from(one.context)}${talked === null ? '' : `, ${span(talked)} on the phone`}</p>
      </div>
      <fieldset>
        <legend class="sr">Outcome</legend>
        ${OUTCOMES.map(
          (outcome, i) =>
            html`<label class="outcome">
              <input
                type="radio"
                name="outcome"
                .checked=${this.chosen === outcome.id}
                @change=${() => (this.chosen = outcome.id)}
              />
              <span><b>${outcome.label}</b><span class="small soft">${outcome.what}</span></span>
              <kbd aria-hidden="true">${i + 1}</kbd>
            </label>`,
        )}
      </fieldset>
      <div>
        <label for="note">Note</label>
        <textarea id="note" rows="5" maxlength="4000" .value=${this.note}></textarea>
      </div>
      <div class="row">
        <button class="primary" ?disabled=${this.chosen === '' || this.busy} @click=${() => this.save(true)}>
          Save, take the next call <kbd>Ctrl+Enter</kbd>
        </button>
        <button ?disabled=${this.chosen === '' || this.busy} @click=${() => this.save(false)}>Save, stay away</button>
        <button
          class="quiet"
          @click=${() => this.dispatchEvent(new CustomEvent('saved', { detail: { next: false, skipped: true } }))}
        >
          Skip
        </button>
      </div>
    </div>`;
  }
}
