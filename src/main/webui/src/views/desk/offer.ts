import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';
import { reason } from '../../text/reasons.ts';
import { by, from } from './briefing.ts';
import type { Case } from './work.ts';
import '../../parts/elapsed.ts';
import '../../parts/transcript.ts';
import './briefing.ts';

const LAST_TURNS = 6;

/** A call that rings: why, who, how long they have waited, what was said, before anything is picked up. */
@customElement('segue-offer')
export class SegueOffer extends LitElement {
  static override styles = [
    shared,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 16px 32px;
        align-items: center;
        border: 2px solid var(--accent);
        background: var(--accent-wash);
      }
      h1 {
        font-size: 1.75rem;
      }
      .who {
        font-size: 1.25rem;
        overflow-wrap: anywhere;
      }
      .waited {
        text-align: center;
      }
      .waited segue-elapsed {
        display: block;
        font-size: 2rem;
        font-weight: 700;
        line-height: 1.1;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: 16px;
        margin-top: 16px;
      }
      @media (max-width: 900px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property({ attribute: false }) case: Case | null = null;

  private decide(name: 'accept' | 'decline'): void {
    this.dispatchEvent(new Event(name));
  }

  protected override render() {
    const one = this.case;
    if (one === null) {
      return nothing;
    }
    const context = one.context;
    return html`
      <div class="card top" role="alertdialog" aria-labelledby="why" aria-describedby="who">
        <div class="grow">
          <h1 id="why">${reason(context?.reason)}</h1>
          <p id="who" class="who"><b>${from(context)}</b></p>
          <p class="soft said">${by(context)}${context?.detail ? ` · ${context.detail}` : ''}</p>
        </div>
        <div class="waited">
          ${one.askedAt === null
            ? nothing
            : html`<segue-elapsed .since=${one.askedAt}></segue-elapsed><span class="small soft">waited</span>`}
        </div>
        <div class="row">
          <button class="primary big" @click=${() => this.decide('accept')}>Accept <kbd>A</kbd></button>
          <button class="big" @click=${() => this.decide('decline')}>Decline <kbd>D</kbd></button>
        </div>
      </div>
      <div class="columns">
        <div class="card"><segue-briefing .context=${context}></segue-briefing></div>
        <div class="card">
          <h2 class="mini">Last said</h2>
          <segue-transcript .turns=${one.turns.slice(-LAST_TURNS)}></segue-transcript>
        </div>
      </div>
    `;
  }
}
