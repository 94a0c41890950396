import { css, html, LitElement, svg, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';

const EVERY_MS = 60;
/** What is shown as nothing, in dB below full scale. */
const FLOOR_DB = 60;

/** How loud a stream is. */
@customElement('segue-level')
export class SegueLevel extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
    svg {
      display: block;
      width: 100%;
      height: 12px;
      border-radius: 6px;
      background: var(--sunk);
    }
    rect {
      fill: var(--good);
    }
    .loud rect {
      fill: var(--warn);
    }
  `;

  @property({ attribute: false }) stream: MediaStream | null = null;
  @property() label = 'Level';
  @state() private level = 0;
  /** The loudest so far: whether anything was heard at all. */
  peak = 0;
  private context: AudioContext | null = null;
  private timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.close();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('stream')) {
      this.close();
      if (this.stream !== null && this.stream.getAudioTracks().length > 0) {
        this.listen(this.stream);
      }
    }
  }

  private listen(stream: MediaStream): void {
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 1024;
    this.context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = window.setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      const db = 10 * Math.log10(power + 1e-12);
      this.level = Math.round(Math.max(0, Math.min(1, 1 + db / FLOOR_DB)) * 50) / 50;
      if (this.level > this.peak) {
        this.peak = this.level;
        this.dispatchEvent(new CustomEvent('peak', { detail: this.peak }));
      }
    }, EVERY_MS);
  }

  private close(): void {
    clearInterval(this.timer);
    void this.context?.close();
    this.context = null;
    this.level = 0;
    this.peak = 0;
  }

  protected override render() {
    return html`<span
      role="meter"
      aria-label=${this.label}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(this.level * 100)}
      class=${this.level > 0.92 ? 'loud' : ''}
      >${svg`<svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <rect width=${this.level * 100} height="12"></rect>
      </svg>`}</span
    >`;
  }
}
