import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, part } from '../../api/index.ts';
import { shortcuts } from '../../keys/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { phone } from '../../phone/index.ts';
import type { Leg } from '../../phone/state.ts';
import { shared } from '../../style/shared.ts';
import { reason } from '../../text/reasons.ts';
import { by, from } from './briefing.ts';
import type { Case } from './work.ts';
import '../../parts/dialog.ts';
import '../../parts/elapsed.ts';
import '../../parts/level.ts';
import '../../parts/transcript.ts';
import './briefing.ts';
import './keypad.ts';
import './pass-on.ts';

type Asking = '' | 'keypad' | 'pass' | 'return';

/** A call that goes on: what is said, what is known, and what can be done with it. */
@customElement('segue-talk')
export class SegueTalk extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 16px;
        min-height: 0;
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 12px 24px;
        align-items: center;
        border-left: 6px solid var(--good);
      }
      .top.held {
        border-left-color: var(--warn);
      }
      h1 {
        overflow-wrap: anywhere;
      }
      .time {
        font-size: 1.5rem;
        font-weight: 700;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
        gap: 16px;
        flex: 1;
        min-height: 0;
      }
      .said-part {
        display: flex;
        flex-direction: column;
        height: calc(100vh - 250px);
        min-height: 320px;
      }
      segue-transcript {
        flex: 1;
      }
      button.bad {
        margin-left: auto;
      }
      .heard {
        width: 90px;
      }
      .known {
        max-height: calc(100vh - 250px);
        overflow: auto;
      }
      @media (max-width: 900px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
        .said-part {
          height: 55vh;
        }
        .known {
          max-height: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) case: Case | null = null;
  @property({ attribute: false }) leg: Leg | null = null;
  @property() note = '';
  @state() private asking: Asking = '';
  @state() private busy = false;
  private unbind = (): void => {};

  override connectedCallback(): void {
    super.connectedCallback();
    const human = (): boolean => this.leg?.phase === 'up' && this.leg.purpose !== 'supervise';
    this.unbind = shortcuts.bind('On the phone', [
      { keys: 'm', label: 'Mute the microphone, or not', run: () => phone.mute(this.leg?.muted !== true) },
      { keys: 'h', label: 'Hold, or take back', run: () => phone.hold(this.leg?.held !== true), when: human },
      { keys: 'k', label: 'Keypad', run: () => (this.asking = 'keypad') },
      { keys: 't', label: 'Pass on', run: () => (this.asking = 'pass'), when: human },
      { keys: 'g', label: 'Give back to the agent', run: () => (this.asking = 'return'), when: human },
      { keys: 'Shift+E', label: 'End the call', run: () => phone.hangUp() },
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unbind();
  }

  private typed(event: Event): void {
    this.dispatchEvent(new CustomEvent('note', { detail: (event.target as HTMLTextAreaElement).value }));
  }

  private async giveBack(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const note = String(new FormData(event.target as HTMLFormElement).get('note') ?? '').trim();
    this.busy = true;
    try {
      await api.post(`/calls/${part(this.case?.call ?? '')}/return`, note === '' ? {} : { note });
      notify('The agent has the caller again', 'good');
      this.asking = '';
    } catch (error) {
      notifyFailure('The caller was not given back', error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    const one = this.case;
    const leg = this.leg;
    if (one === null || leg === null) {
      return nothing;
    }
    const supervised = leg.purpose === 'supervise';
    return html`
      <div class="card top ${leg.held ? 'held' : ''}">
        <div class="grow">
          <h1>${from(one.context)}</h1>
          <p class="soft said">${supervised ? 'You are listening in' : reason(one.context?.reason)} · ${by(one.context)}</p>
        </div>
        <div>
          ${leg.phase !== 'up'
            ? html`<span class="badge accent" role="status">Connecting …</span>`
            : !one.connected
              ? html`<span class="badge accent" role="status">You are ready: the agent still has the caller</span>`
              : leg.held
              ? html`<span class="badge warn" role="status">On hold</span>`
              : html`<span class="badge good" role="status">On the line</span>`}
          ${leg.muted ? html`<span class="badge bad" role="status">Muted</span>` : nothing}
        </div>
        <div class="heard" title="What you hear">
          <segue-level .stream=${leg.phase === 'up' ? phone.remote : null} label="Level of the caller"></segue-level>
        </div>
        <div class="time">
          ${one.answeredAt === null ? nothing : html`<segue-elapsed .since=${one.answeredAt}></segue-elapsed>`}
        </div>
      </div>
      <div class="row">${this.controls(leg, supervised)}</div>
      <div class="columns">
        <div class="card said-part">
          <segue-transcript
            .turns=${[...one.turns]}
            empty="Nothing has been transcribed yet. What you and the caller say appears here where the agent listens on."
          ></segue-transcript>
        </div>
        <div class="known stack">
          ${supervised
            ? nothing
            : html`<div class="card">
                <label for="note">Note</label>
                <textarea
                  id="note"
                  rows="3"
                  maxlength="4000"
                  placeholder="Goes along when you give the caller back, pass them on, or wrap up"
                  .value=${this.note}
                  @input=${this.typed}
                ></textarea>
              </div>`}
          <div class="card"><segue-briefing .context=${one.context}></segue-briefing></div>
        </div>
      </div>
      ${this.dialogs(one)}
    `;
  }

  private controls(leg: Leg, supervised: boolean) {
    const up = leg.phase === 'up';
    return html`
      <button ?disabled=${!up} aria-pressed=${leg.muted} @click=${() => phone.mute(!leg.muted)}>Mute <kbd>M</kbd></button>
      ${supervised
        ? nothing
        : html`
            <button ?disabled=${!up} aria-pressed=${leg.held} @click=${() => phone.hold(!leg.held)}>
              Hold <kbd>H</kbd>
            </button>
            <button ?disabled=${!up} @click=${() => (this.asking = 'keypad')}>Keypad <kbd>K</kbd></button>
            <button ?disabled=${!up} @click=${() => (this.asking = 'pass')}>Pass on … <kbd>T</kbd></button>
            <button ?disabled=${!up} @click=${() => (this.asking = 'return')}>Give back … <kbd>G</kbd></button>
          `}
      <button class="bad" @click=${() => phone.hangUp()}>
        ${supervised ? 'Leave' : 'End call'} <kbd>Shift+E</kbd>
      </button>
    `;
  }

  private dialogs(one: Case) {
    const close = (): void => {
      this.asking = '';
    };
    return html`
      <segue-dialog heading="Keypad" .open=${this.asking === 'keypad'} @close=${close}>
        ${this.asking === 'keypad'
          ? html`<segue-keypad @digit=${(event: CustomEvent<string>) => phone.digit(event.detail)}></segue-keypad>`
          : nothing}
      </segue-dialog>
      <segue-dialog heading="Pass the caller on" .open=${this.asking === 'pass'} @close=${close}>
        ${this.asking === 'pass'
          ? html`<segue-pass-on .call=${one.call} .note=${this.note} @done=${close}></segue-pass-on>`
          : nothing}
      </segue-dialog>
      <segue-dialog heading="Give the caller back to the agent" .open=${this.asking === 'return'} @close=${close}>
        ${this.asking === 'return'
          ? html`<form class="stack" @submit=${this.giveBack}>
              <div>
                <label for="back">For the agent</label>
                <textarea id="back" name="note" rows="4" maxlength="4000" autofocus .value=${this.note}></textarea>
              </div>
              <p class="small soft">The agent is also told what was said meanwhile.</p>
              <button class="primary" ?disabled=${this.busy}>Give back</button>
            </form>`
          : nothing}
      </segue-dialog>
    `;
  }
}
