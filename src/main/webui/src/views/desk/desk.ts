import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { shared } from '../../style/shared.ts';

/** Where a human takes calls. */
@customElement('segue-desk')
export class SegueDesk extends LitElement {
  static override styles = [shared];
  @property() rest = '';

  protected override render() {
    return html`<h1>Desk</h1>`;
  }
}
