import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ApiError, session } from './api/index.ts';
import { signIn, signInWithKey } from './arrival.ts';
import { shared } from './style/shared.ts';

/** Where somebody says who they are. */
@customElement('segue-sign-in')
export class SegueSignIn extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        min-height: 100vh;
        display: grid;
        place-items: center;
        padding: 24px;
      }
      form {
        width: min(380px, 100%);
        padding: 28px;
        box-shadow: var(--shadow);
      }
      h1 {
        font-size: 1.75rem;
      }
      .field {
        display: flex;
        flex-direction: column;
        gap: 4px;
      }
      button.link {
        align-self: flex-start;
        min-height: 28px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--accent);
        text-decoration: underline;
        font-weight: 400;
      }
    `,
  ];

  @state() private withKey = false;
  @state() private busy = false;
  @state() private problem = '';
  @query('input') private readonly first!: HTMLInputElement;

  protected override firstUpdated(): void {
    this.first.focus();
  }

  private async submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    this.busy = true;
    this.problem = '';
    try {
      session.open(
        this.withKey ? await signInWithKey(text('key')) : await signIn(text('human'), String(form.get('password'))),
      );
    } catch (error) {
      this.problem = this.explain(error);
      await this.updateComplete;
      this.first.focus();
    } finally {
      this.busy = false;
    }
  }

  private explain(error: unknown): string {
    if (error instanceof ApiError && error.status === 401) {
      return this.withKey ? 'The gateway has no such key.' : 'No such human, or the password is wrong.';
    }
    return error instanceof Error ? error.message : String(error);
  }

  protected override render() {
    return html`<form class="card stack" @submit=${this.submit}>
      <div>
        <h1>Segue</h1>
        <p class="soft">${this.withKey ? 'Sign in with a key of the gateway.' : 'Sign in to take calls.'}</p>
      </div>
      ${this.withKey
        ? html`<div class="field">
            <label for="key">Key</label>
            <input id="key" name="key" type="password" autocomplete="off" required />
          </div>`
        : html`<div class="field">
              <label for="human">Name</label>
              <input id="human" name="human" autocomplete="username" autocapitalize="none" spellcheck="false" required />
            </div>
            <div class="field">
              <label for="password">Password</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required />
            </div>`}
      ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <button class="primary" ?disabled=${this.busy}>${this.busy ? 'Signing in …' : 'Sign in'}</button>
      <button
        type="button"
        class="link"
        @click=${() => {
          this.withKey = !this.withKey;
          this.problem = '';
        }}
      >
        ${this.withKey ? 'Sign in with name and password' : 'Sign in with a key'}
      </button>
    </form>`;
  }
}
