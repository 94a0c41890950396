/** The sounds of the phone itself, made on the spot. */
export class Tones {
  private context: AudioContext | null = null;
  private ringing = 0;

  /** Until {@link hush}. */
  ring(): void {
    this.hush();
    const once = (): void => {
      this.beep(440, 0, 0.35);
      this.beep(554, 0.4, 0.35);
    };
    once();
    this.ringing = window.setInterval(once, 2_400);
  }

  hush(): void {
    clearInterval(this.ringing);
    this.ringing = 0;
  }

  /** A caller is there. */
  announce(): void {
    this.beep(660, 0, 0.12);
    this.beep(880, 0.14, 0.16);
  }

  /** So that one hears whether the loudspeaker works. */
  test(): void {
    [523, 659, 784].forEach((hertz, i) => this.beep(hertz, i * 0.22, 0.2));
  }

  private beep(hertz: number, afterS: number, lastsS: number): void {
    this.context ??= new AudioContext();
    void this.context.resume();
    const from = this.context.currentTime + afterS;
    const tone = this.context.createOscillator();
    const level = this.context.createGain();
    tone.frequency.value = hertz;
    level.gain.setValueAtTime(0, from);
    level.gain.linearRampToValueAtTime(0.18, from + 0.02);
    level.gain.setValueAtTime(0.18, from + lastsS - 0.04);
    level.gain.linearRampToValueAtTime(0, from + lastsS);
    tone.connect(level).connect(this.context.destination);
    tone.start(from);
    tone.stop(from + lastsS);
  }
}
