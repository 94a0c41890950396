import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, part, type Items, type Queue } from '../../api/index.ts';
import { notify, notifyFailure } from '../../parts/notices.ts';
import { shared } from '../../style/shared.ts';

interface Place {
  label: string;
  body: { queue: string } | { sip: string };
}

interface QueueDocument extends Queue {
  overflow?: ({ sip?: string } | Record<string, unknown>)[];
}

/** Where a caller can be passed on to: the queues, and the phones outside to which they overflow. */
export function places(queues: readonly QueueDocument[]): Place[] {
  const outside = new Set(
    queues.flatMap((queue) => queue.overflow ?? []).flatMap((step) => (typeof step['sip'] === 'string' ? [step['sip']] : [])),
  );
  return [
    ...queues.map((queue) => ({ label: queue.name || queue.id, body: { queue: queue.id } })),
    ...[...outside].map((sip) => ({ label: sip.replace(/^sips?:/, ''), body: { sip } })),
  ];
}

/** Asks where to, and passes the caller on. */
@customElement('segue-pass-on')
export class SeguePassOn extends LitElement {
  static override styles = [
    shared,
    css`
      .list {
        max-height: 40vh;
        overflow: auto;
        display: flex;
        flex-direction: column;
        gap: 4px;
        padding: 4px;
      }
      .list label {
        display: flex;
        gap: 10px;
        align-items: center;
        padding: 8px 10px;
        border: 1px solid var(--line);
        border-radius: 6px;
        font-weight: 400;
        font-size: 1rem;
        overflow-wrap: anywhere;
      }
      fieldset {
        border: 0;
        padding: 0;
        margin: 0;
      }
    `,
  ];

  @property() call = '';
  @property() note = '';
  @state() private places: Place[] | null = null;
  @state() private chosen = -1;
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    api
      .get<Items<QueueDocument>>('/queues')
      .then(async ({ items }) => {
        this.places = places(items);
        await this.updateComplete;
        this.renderRoot.querySelector('input')?.focus();
      })
      .catch((error: unknown) => {
        this.places = [];
        notifyFailure('The queues could not be read', error);
      });
  }

  private async pass(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const place = this.places?.[this.chosen];
    if (place === undefined) {
      return;
    }
    const note = String(new FormData(event.target as HTMLFormElement).get('note') ?? '').trim();
    this.busy = true;
    try {
      await api.post(`/calls/${part(this.call)}/handoff`, { ...place.body, ...(note === '' ? {} : { note }) });
      notify(`Passed on to ${place.label}`, 'good');
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      notifyFailure('The caller was not passed on', error);
    } finally {
      this.busy = false;
    }
  }

  protected override render() {
    if (this.places === null) {
      return html`<p class="soft">Reading …</p>`;
    }
    if (this.places.length === 0) {
      return html`<p>There is no queue to pass the caller on to.</p>`;
    }
    return html`<form class="stack" @submit=${this.pass}>
      <fieldset>
        <legend class="sr">To</legend>
        <div class="list">
          ${this.places.map(
            (place, i) =>
              html`<label
                ><input type="radio" name="place" ?checked=${i === this.chosen} @change=${() => (this.chosen = i)} />
                ${place.label} ${'sip' in place.body ? html`<span class="badge">outside</span>` : nothing}</label
              >`,
          )}
        </div>
      </fieldset>
      <div>
        <label for="note">For whoever takes them</label>
        <textarea id="note" name="note" maxlength="4000" .value=${this.note}></textarea>
      </div>
      <p class="small soft">The caller hears the filler, or the agent that listened on, until somebody answers.</p>
      <button class="primary" ?disabled=${this.chosen < 0 || this.busy}>Pass on</button>
    </form>`;
  }
}
