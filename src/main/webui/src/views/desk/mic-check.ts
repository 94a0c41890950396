import { css, html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { phone } from '../../phone/index.ts';
import { shared } from '../../style/shared.ts';
import '../../parts/level.ts';

/** Whether the microphone and the loudspeaker work, before a caller finds out. */
@customElement('segue-mic-check')
export class SegueMicCheck extends LitElement {
  static override styles = [
    shared,
    css`
      .verdict {
        min-height: 1.5em;
      }
    `,
  ];

  @state() private devices: MediaDeviceInfo[] = [];
  @state() private heard = false;
  private readonly changed = (): void => {
    this.heard = false;
    void this.look();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    phone.microphone.addEventListener('change', this.changed);
    navigator.mediaDevices?.addEventListener('devicechange', this.changed);
    void this.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    phone.microphone.removeEventListener('change', this.changed);
    navigator.mediaDevices?.removeEventListener('devicechange', this.changed);
  }

  private async look(): Promise<void> {
    this.devices = await phone.microphone.devices().catch(() => []);
    this.requestUpdate();
  }

  private use(device: string | null): void {
    phone.microphone.start(device).catch(() => undefined);
  }

  protected override render() {
    const { stream, why, device } = phone.microphone;
    return html`<div class="stack">
      <div class="row">
        <h2 class="grow">Microphone</h2>
        <button class="quiet" @click=${() => phone.tones.test()}>Play a sound</button>
      </div>
      ${why ? html`<p class="problem" role="alert">${why}</p>` : nothing}
      ${stream === null
        ? html`<div><button @click=${() => this.use(null)}>Switch on the microphone</button></div>`
        : html`
            <segue-level
              .stream=${stream}
              label="Level of the microphone"
              @peak=${(event: CustomEvent<number>) => (this.heard ||= event.detail > 0.35)}
            ></segue-level>
            <p class="verdict small" role="status">
              ${this.heard ? html`<span class="badge good">✓ You are heard</span>` : 'Say something: the bar should move.'}
            </p>
            ${this.devices.length > 1
              ? html`<div>
                  <label for="device">Device</label>
                  <select id="device" @change=${(event: Event) => this.use((event.target as HTMLSelectElement).value)}>
                    ${this.devices.map(
                      (one) =>
                        html`<option value=${one.deviceId} ?selected=${one.deviceId === device}>
                          ${one.label || 'Microphone'}
                        </option>`,
                    )}
                  </select>
                </div>`
              : nothing}
          `}
    </div>`;
  }
}
