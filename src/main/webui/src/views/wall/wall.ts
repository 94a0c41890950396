import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { session } from '../../api/index.ts';
import { shared } from '../../style/shared.ts';
import './floor.ts';

type Tab = 'floor' | 'insight' | 'audit';

/** What goes on, what it came to, and who decided what. */
@customElement('segue-wall')
export class SegueWall extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        padding: 16px;
        width: 100%;
        max-width: 1600px;
        margin: 0 auto;
      }
      nav {
        display: flex;
        gap: 4px;
        margin-bottom: 16px;
      }
      nav a {
        padding: 8px 14px;
        border-radius: var(--radius);
        color: var(--soft);
        font-weight: 600;
        text-decoration: none;
      }
      nav a[aria-current] {
        background: var(--accent-wash);
        color: var(--ink);
      }
    `,
  ];

  /** `insight` or `audit`, with `/` and what is asked of it. */
  @property() rest = '';
  @state() private loaded = new Set<Tab>(['floor']);

  private tabs(): Tab[] {
    return session.is('supervisor', 'admin') ? ['floor', 'insight', 'audit'] : ['floor', 'insight'];
  }

  private show(tab: Tab): void {
    if (!this.loaded.has(tab)) {
      void (tab === 'insight' ? import('./insight.ts') : import('./audit.ts')).then(() => {
        this.loaded = new Set(this.loaded).add(tab);
      });
    }
  }

  protected override render() {
    const [name, ...more] = this.rest.split('/');
    const tab = this.tabs().find((one) => one === name) ?? 'floor';
    const asked = more.join('/');
    this.show(tab);
    return html`<h1 class="sr">The wall: ${tab}</h1>
      <nav aria-label="Parts of the wall">
        ${this.tabs().map(
          (one) =>
            html`<a href=${one === 'floor' ? '#/wall' : `#/wall/${one}`} aria-current=${one === tab ? 'page' : nothing}
              >${{ floor: 'Floor', insight: 'Insight', audit: 'Audit' }[one]}</a
            >`,
        )}
      </nav>
      ${!this.loaded.has(tab)
        ? html`<p class="soft" aria-busy="true"></p>`
        : tab === 'floor'
          ? html`<segue-floor></segue-floor>`
          : tab === 'insight'
            ? html`<segue-insight></segue-insight>`
            : html`<segue-audit .call=${decodeURIComponent(asked)}></segue-audit>`}`;
  }
}
