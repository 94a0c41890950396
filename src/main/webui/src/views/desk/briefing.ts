import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Context, Message } from '../../api/index.ts';
import { shared } from '../../style/shared.ts';
import { dayAndClock, sentence, words } from '../../text/format.ts';

const HEADERS_MAX = 12;

/** What is known of a caller: the agent's summary and facts, and what the contact wrote elsewhere. */
@customElement('segue-briefing')
export class SegueBriefing extends LitElement {
  static override styles = [
    shared,
    css`
      section + section {
        margin-top: 16px;
      }
      h2 {
        margin-bottom: 4px;
      }
      .summary {
        font-size: 1.125rem;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(80px, auto) 1fr;
        gap: 4px 14px;
      }
      dt {
        color: var(--soft);
      }
      dd {
        overflow-wrap: anywhere;
      }
      li {
        padding: 8px 0;
        border-top: 1px solid var(--line);
      }
    `,
  ];

  @property({ attribute: false }) context: Context | null = null;

  protected override render() {
    const context = this.context;
    if (context === null) {
      return html`<p class="soft">Nothing is known of this caller.</p>`;
    }
    const facts = Object.entries(context.facts ?? {});
    const headers = Object.entries(context.headers ?? {}).slice(0, HEADERS_MAX);
    return html`
      <section>
        <h2 class="mini">Summary</h2>
        <p class="said summary">${context.summary || 'The agent gave none.'}</p>
      </section>
      ${facts.length + headers.length === 0
        ? nothing
        : html`<section>
            <h2 class="mini">Facts</h2>
            <dl>
              ${facts.map(
                ([name, value]) => html`<dt>${sentence(name)}</dt>
                  <dd class="said">${plain(value)}</dd>`,
              )}
              ${headers.map(
                ([name, value]) => html`<dt>${name}</dt>
                  <dd class="said">${value}</dd>`,
              )}
            </dl>
          </section>`}
      <section>
        <h2 class="mini">History${context.contact ? ` of ${context.contact}` : ''}</h2>
        ${(context.messages ?? []).length === 0
          ? html`<p class="soft">No messages on other channels.</p>`
          : html`<ul>
              ${context.messages?.map((message) => this.message(message))}
            </ul>`}
      </section>
    `;
  }

  private message(message: Message) {
    return html`<li>
      <div class="small soft">
        ${sentence(message.channel)} ${message.direction === 'in' ? 'from them' : 'to them'},
        ${dayAndClock(message.at, Date.now())}
      </div>
      <p class="said">${message.text}</p>
    </li>`;
  }
}

/** A fact as one would say it. */
function plain(value: unknown): string {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Who is at the other end, in a line. */
export function from(context: Context | null): string {
  return context === null ? 'Unknown caller' : (context.contact ?? context.caller.number) || 'Unknown caller';
}

/** Which agent had them, in a line. */
export function by(context: Context | null): string {
  return context === null ? '' : `${words(context.agent.name || context.agent.id)}, called ${context.caller.called}`;
}
