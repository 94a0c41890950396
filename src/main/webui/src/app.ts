import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { events, session, type Session } from './api/index.ts';
import { signOut, walkIn } from './arrival.ts';
import { shortcuts } from './keys/index.ts';
import { phone } from './phone/index.ts';
import { parse, VIEWS, visible, type View } from './routes.ts';
import { shared } from './style/shared.ts';
import { switchTheme, theme } from './style/theme.ts';
import './parts/dialog.ts';
import './parts/notices.ts';
import './parts/shortcut-list.ts';
import './sign-in.ts';

/** The frame around every view: who sits here, where one can go, whether events come in. */
@customElement('segue-app')
export class SegueApp extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: 100vh;
        display: flex;
        flex-direction: column;
      }
      .skip {
        position: absolute;
        left: 8px;
        top: -60px;
        z-index: 30;
      }
      .skip:focus {
        top: 8px;
      }
      header {
        position: sticky;
        top: 0;
        z-index: 10;
        display: flex;
        align-items: center;
        gap: 4px 16px;
        min-height: 56px;
        padding: 0 16px;
        background: var(--card);
        border-bottom: 1px solid var(--line);
      }
      .brand {
        font-weight: 700;
        font-size: 1.125rem;
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .brand svg {
        width: 26px;
        height: 26px;
      }
      nav {
        display: flex;
        gap: 2px;
        align-self: stretch;
        overflow-x: auto;
      }
      nav a {
        display: flex;
        align-items: center;
        padding: 0 14px;
        color: var(--soft);
        font-weight: 600;
        text-decoration: none;
        border-bottom: 3px solid transparent;
        border-top: 3px solid transparent;
      }
      nav a:hover {
        color: var(--ink);
      }
      nav a[aria-current] {
        color: var(--ink);
        border-bottom-color: var(--accent);
      }
      nav a:focus-visible {
        outline-offset: -4px;
      }
      .dot {
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--good);
      }
      .dot.lost {
        background: var(--bad);
      }
      .tools {
        margin-left: auto;
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .tools button {
        padding: 0 10px;
      }
      .who {
        display: flex;
        flex-direction: column;
        line-height: 1.2;
        text-align: right;
        margin-right: 4px;
      }
      main {
        flex: 1;
        display: flex;
        flex-direction: column;
        min-height: 0;
        outline: none;
      }
      main > * {
        flex: 1;
      }
      .call-bar {
        display: flex;
        gap: 16px;
        align-items: center;
        justify-content: center;
        padding: 8px;
        font-weight: 700;
        background: var(--accent-wash);
        border-bottom: 2px solid var(--accent);
      }
      .lost-bar {
        background: var(--warn-wash);
        color: var(--warn);
        font-weight: 600;
        text-align: center;
        padding: 6px;
      }
      @media (max-width: 700px) {
        .who,
        .brand span {
          display: none;
        }
      }
    `,
  ];

  @state() private session: Session | null = session.get();
  @state() private arriving = this.session === null;
  @state() private hash = location.hash;
  @state() private listing = false;
  @state() private loaded = new Set<string>();
  @state() private broken = '';
  private shown: HTMLElement | null = null;
  private leave: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const sessionChanged = (): void => this.arrived(session.get());
    const fed = (): void => this.requestUpdate();
    const moved = (): void => {
      this.hash = location.hash;
    };
    const online = (): void => events.hurry();
    session.addEventListener('change', sessionChanged);
    events.addEventListener('change', fed);
    window.addEventListener('hashchange', moved);
    window.addEventListener('online', online);
    document.addEventListener('segue-theme', fed);
    phone.addEventListener('change', fed);
    this.leave = [
      () => session.removeEventListener('change', sessionChanged),
      () => events.removeEventListener('change', fed),
      () => window.removeEventListener('hashchange', moved),
      () => window.removeEventListener('online', online),
      () => document.removeEventListener('segue-theme', fed),
      () => phone.removeEventListener('change', fed),
      shortcuts.bind('Everywhere', [
        { keys: '?', label: 'This list', run: () => (this.listing = true) },
        { keys: 'Shift+T', label: 'Light or dark', run: switchTheme },
        ...VIEWS.map((view) => ({
          keys: `Alt+${view.key}`,
          label: `Go to: ${view.title}`,
          run: () => (location.hash = `#/${view.path}`),
          when: () => this.views().includes(view),
          inFields: true,
        })),
      ]),
    ];
    void this.arrive();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave.forEach((undo) => undo());
    events.stop();
  }

  private async arrive(): Promise<void> {
    if (session.get() !== null) {
      this.arrived(session.get());
      return;
    }
    const guest = await walkIn().catch(() => null);
    this.arriving = false;
    if (guest !== null) {
      session.open(guest);
    }
  }

  private arrived(now: Session | null): void {
    this.session = now;
    if (now === null) {
      events.stop();
      phone.stop();
    } else {
      events.start();
      // Whoever can be rung is rung whatever they look at.
      if (now.human !== null && now.phoneToken !== null) {
        void phone.start(now);
      }
    }
  }

  private async goOut(): Promise<void> {
    const was = this.session;
    session.close();
    if (was !== null) {
      await signOut(was);
    }
  }

  private views(): View[] {
    return this.session === null ? [] : visible(VIEWS, this.session.role, this.session.human !== null);
  }

  private show(view: View): void {
    if (!this.loaded.has(view.tag)) {
      view
        .load()
        .then(() => {
          this.loaded = new Set(this.loaded).add(view.tag);
          this.broken = '';
        })
        .catch(() => {
          this.broken = `${view.title} could not be loaded. Is the gateway there? Reload the page to try again.`;
        });
    }
  }

  private body(view: View | undefined, rest: string): TemplateResult {
    if (view === undefined) {
      return html`<p class="card">There is nothing here for the role “${this.session?.role}” yet.</p>`;
    }
    this.show(view);
    if (this.broken !== '') {
      return html`<p class="problem" role="alert">${this.broken}</p>`;
    }
    if (!this.loaded.has(view.tag)) {
      return html`<p class="soft" aria-busy="true"></p>`;
    }
    if (this.shown?.localName !== view.tag) {
      this.shown = document.createElement(view.tag);
    }
    Object.assign(this.shown, { rest });
    return html`${this.shown}`;
  }

  protected override render() {
    const now = this.session;
    if (now === null) {
      return this.arriving
        ? html`<p class="soft" aria-busy="true"></p>`
        : html`<main><segue-sign-in></segue-sign-in></main>`;
    }
    const [path, rest] = parse(this.hash);
    const views = this.views();
    const view = views.find((one) => one.path === path) ?? views[0];
    document.title = view === undefined ? 'Segue' : `${view.title} · Segue`;
    return html`
      <header>
        <button class="skip" @click=${this.skip}>Skip to content</button>
        <span class="brand">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="7" fill="#0a6667"></rect>
            <path d="M6 20c5 0 5-8 10-8s5 8 10 8" fill="none" stroke="#fff" stroke-width="3.4" stroke-linecap="round" />
          </svg>
          <span>Segue</span>
        </span>
        <nav aria-label="Views">
          ${views.map(
            (one) =>
              html`<a href="#/${one.path}" aria-current=${one === view ? 'page' : nothing} title="Alt+${one.key}"
                >${one.title}</a
              >`,
          )}
        </nav>
        <div class="tools">
          <span
            class="dot ${events.state === 'live' ? '' : 'lost'}"
            role="img"
            aria-label=${events.state === 'live' ? 'Connected' : 'Not connected'}
            title=${events.state === 'live' ? 'Events arrive live' : 'No connection to the gateway'}
          ></span>
          <span class="who"><b>${now.human ?? now.name}</b><span class="small soft">${now.role}</span></span>
          <button class="quiet" aria-label="Shortcuts" title="Shortcuts (?)" @click=${() => (this.listing = true)}>
            <kbd>?</kbd>
          </button>
          <button class="quiet" title="Light or dark (Shift+T)" @click=${switchTheme}>
            ${theme() === 'dark' ? 'Light' : 'Dark'}
          </button>
          ${now.token === null ? nothing : html`<button class="quiet" @click=${this.goOut}>Sign out</button>`}
        </div>
      </header>
      ${events.state === 'lost'
        ? html`<div class="lost-bar" role="status">No connection to the gateway. What you see may be old; trying again …</div>`
        : nothing}
      ${view?.rung === true ? nothing : this.elsewhere()}
      <main id="main" tabindex="-1">${this.body(view, rest)}</main>
      <segue-dialog heading="Keyboard" .open=${this.listing} @close=${() => (this.listing = false)}>
        ${this.listing ? html`<segue-shortcut-list></segue-shortcut-list>` : nothing}
      </segue-dialog>
      <segue-notices></segue-notices>
    `;
  }

  /** The phone, seen from a view that is not the desk. */
  private elsewhere() {
    const leg = phone.state.leg;
    if (leg === null || leg.call === null || leg.purpose === 'supervise') {
      return nothing;
    }
    return html`<div class="call-bar" role="alert">
      ${leg.phase === 'ringing' ? 'A call rings for you' : 'You are on a call'}
      <a class="button" href="#/desk">To the desk</a>
    </div>`;
  }

  private skip(): void {
    this.renderRoot.querySelector<HTMLElement>('#main')?.focus();
  }
}
