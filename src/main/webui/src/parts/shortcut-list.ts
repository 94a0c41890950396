import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { shortcuts } from '../keys/index.ts';
import { shared } from '../style/shared.ts';

/** What the keyboard does here, and the switch for shortcuts of one character. */
@customElement('segue-shortcut-list')
export class SegueShortcutList extends LitElement {
  static override styles = [
    shared,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 6px 16px;
        align-items: center;
      }
      dt {
        justify-self: end;
      }
      h3 {
        margin: 12px 0 6px;
      }
      .row {
        margin-top: 16px;
        flex-wrap: nowrap;
      }
    `,
  ];

  protected override render() {
    return html`${shortcuts.all().map(
        (group) =>
          html`<h3>${group.title}</h3>
            <dl>
              ${group.bindings.map(
                (binding) => html`<dt><kbd>${binding.keys}</kbd></dt>
                  <dd>${binding.label}</dd>`,
              )}
            </dl>`,
      )}
      <div class="row">
        <input
          id="characters"
          type="checkbox"
          .checked=${shortcuts.characters}
          @change=${(event: Event) => (shortcuts.characters = (event.target as HTMLInputElement).checked)}
        />
        <label for="characters">Shortcuts of one character are on</label>
      </div>`;
  }
}
