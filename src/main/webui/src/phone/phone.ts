import type { Session } from '../api/index.ts';
import { browser, tab } from '../keep.ts';
import { Microphone } from './microphone.ts';
import { SILENT, step, type PhoneEffect, type PhoneEvent, type PhoneSettings, type PhoneState } from './state.ts';
import { Tones } from './tones.ts';

/** What carries out a call: SIP and WebRTC, behind a few words. */
export interface Line {
  answer(id: string, microphone: MediaStream | null): void;
  refuse(id: string, status: number): void;
  hangUp(id: string): void;
  mute(id: string, on: boolean): void;
  hold(id: string, on: boolean): void;
  digit(id: string, digit: string): void;
  /** What is heard of the other side; none: nothing yet. */
  remote(id: string): MediaStream | null;
  close(): void;
}

/** Connects to the gateway and tells what happens there. */
export type Dial = (session: Session, tell: (event: PhoneEvent) => void) => Promise<Line>;

const AUTO = 'segue.autoAnswer';
const LAST = 'segue.call';

/** The softphone of this page. `change` is told whenever its state is another. */
export class Phone extends EventTarget {
  readonly microphone = new Microphone();
  readonly tones = new Tones();
  private now: PhoneState = SILENT;
  private line: Line | null = null;
  private session: Session | null = null;
  private auto = browser.get(AUTO) === 'on';
  private readonly lastCall = tab.get(LAST);

  constructor(private readonly dial: Dial) {
    super();
  }

  get state(): PhoneState {
    return this.now;
  }

  get autoAnswer(): boolean {
    return this.auto;
  }

  set autoAnswer(on: boolean) {
    this.auto = on;
    browser.set(AUTO, on ? 'on' : 'off');
    this.dispatchEvent(new Event('change'));
  }

  /** Registers as this human; again with the same is nothing. */
  async start(session: Session): Promise<void> {
    if (this.session?.human === session.human && this.session?.phoneToken === session.phoneToken) {
      return;
    }
    this.stop();
    this.session = session;
    this.tell({ is: 'connecting' });
    try {
      const line = await this.dial(session, (event) => this.session === session && this.tell(event));
      if (this.session === session) {
        this.line = line;
      } else {
        line.close();
      }
    } catch {
      this.session = null;
      this.tell({ is: 'refused', why: 'the phone could not be loaded' });
    }
  }

  stop(): void {
    this.line?.close();
    this.line = null;
    this.session = null;
    this.tell({ is: 'off' });
    this.microphone.stop();
  }

  accept(): void {
    this.onLeg((line, id) => {
      this.tell({ is: 'accepted', id });
      void this.answer(line, id);
    }, 'ringing');
  }

  decline(): void {
    this.onLeg((line, id) => line.refuse(id, 603), 'ringing');
  }

  hangUp(): void {
    this.onLeg((line, id) => line.hangUp(id), 'up', 'answering');
  }

  mute(on: boolean): void {
    this.onLeg((line, id) => line.mute(id, on), 'up');
  }

  hold(on: boolean): void {
    this.onLeg((line, id) => line.hold(id, on), 'up');
  }

  digit(digit: string): void {
    this.onLeg((line, id) => line.digit(id, digit), 'up');
  }

  /** The gateway says that the call is not ours any more. */
  released(call: string): void {
    this.tell({ is: 'released', call });
  }

  /** What is heard. */
  get remote(): MediaStream | null {
    return this.now.leg === null ? null : (this.line?.remote(this.now.leg.id) ?? null);
  }

  /** The one door through which it changes. */
  tell(event: PhoneEvent): void {
    const settings: PhoneSettings = { autoAnswer: this.auto, lastCall: this.lastCall };
    const { state, effects } = step(this.now, event, settings, Date.now());
    const changed = state !== this.now;
    this.now = state;
    tab.set(LAST, state.leg?.call ?? null);
    effects.forEach((effect) => this.carryOut(effect));
    if (changed) {
      this.dispatchEvent(new Event('change'));
    }
  }

  private carryOut(effect: PhoneEffect): void {
    switch (effect.do) {
      case 'answer':
        this.later((line) => void this.answer(line, effect.id));
        break;
      case 'refuse':
        this.later((line) => line.refuse(effect.id, effect.status));
        break;
      case 'ring':
        this.tones.ring();
        break;
      case 'hush':
        this.tones.hush();
        break;
      case 'announce':
        this.tones.announce();
        break;
    }
  }

  /** The line tells of a session before it has told all its own listeners. */
  private later(act: (line: Line) => void): void {
    queueMicrotask(() => this.line && act(this.line));
  }

  /** Without a microphone one still hears; the page says that one is not heard. */
  private async answer(line: Line, id: string): Promise<void> {
    const stream = await this.microphone.start().catch(() => null);
    if (this.now.leg?.id === id) {
      line.answer(id, stream);
    }
  }

  private onLeg(act: (line: Line, id: string) => void, ...phases: string[]): void {
    const leg = this.now.leg;
    if (this.line !== null && leg !== null && phases.includes(leg.phase)) {
      act(this.line, leg.id);
    }
  }
}
