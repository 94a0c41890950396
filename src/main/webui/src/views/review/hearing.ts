import { api, ApiError, part, type Call, type Turn } from '../../api/index.ts';
import { cut, HEADER_BYTES, inRecording, range, wave, type Wave } from './wav.ts';

/** A little before and after: turns are cut where a transcriber heard a pause. */
const LEAD_MS = 300;
const TAIL_MS = 500;
const UNKNOWN_END_MS = 8_000;

/** A recording, and when it and its call began. */
interface Recording {
  file: Wave;
  answeredAt: number;
  startedAt: number | undefined;
}

/** Plays what was said in a turn, from the recording of its call. One at a time. */
export class Hearing {
  private readonly recordings = new Map<string, Recording>();
  private audio: HTMLAudioElement | null = null;
  private asked = 0;

  /** @param changed told which turn is heard; none: silence */
  constructor(private readonly changed: (turn: string | null) => void) {}

  /** The same turn again stops it. Fails with a sentence. */
  async play(call: string, turn: Turn, now: string | null): Promise<void> {
    this.stop();
    if (now === turn.id) {
      return;
    }
    const asked = ++this.asked;
    const path = `/calls/${part(call)}/recording`;
    try {
      const recording = this.recordings.get(call) ?? (await this.find(call, path));
      this.recordings.set(call, recording);
      const { file, answeredAt, startedAt } = recording;
      const end = turn.endMs > turn.startMs ? turn.endMs + TAIL_MS : turn.startMs + UNKNOWN_END_MS;
      const at = (ms: number): number => inRecording(ms, answeredAt, startedAt);
      const { from, to } = range(file, at(turn.startMs - LEAD_MS), at(end));
      const samples = await this.bytes(path, from, to);
      if (asked === this.asked) {
        await this.sound(turn.id, cut(file, samples));
      }
    } catch (error) {
      this.stop();
      throw new Error(why(error), { cause: error });
    }
  }

  stop(): void {
    this.asked++;
    if (this.audio !== null) {
      this.audio.pause();
      URL.revokeObjectURL(this.audio.src);
      this.audio = null;
      this.changed(null);
    }
  }

  private async find(call: string, path: string): Promise<Recording> {
    const file = wave(await this.bytes(path, 0, HEADER_BYTES - 1));
    if (file === null) {
      throw new Error('The recording is no WAV file that can be cut.');
    }
    const { answeredAt, recording } = await api.get<Call & { recording?: { startedAt?: number } }>(`/calls/${part(call)}`);
    return { file, answeredAt, startedAt: recording?.startedAt };
  }

  private async bytes(path: string, from: number, to: number): Promise<ArrayBuffer> {
    const response = await api.response('GET', path, undefined, { headers: { Range: `bytes=${from}-${to}` } });
    const bytes = await response.arrayBuffer();
    // Who does not know ranges answers with the whole.
    return response.status === 206 ? bytes : bytes.slice(from, to + 1);
  }

  private async sound(turn: string, blob: Blob): Promise<void> {
    const audio = new Audio(URL.createObjectURL(blob));
    audio.addEventListener('ended', () => this.audio === audio && this.stop());
    this.audio = audio;
    this.changed(turn);
    await audio.play();
  }
}

function why(error: unknown): string {
  if (error instanceof ApiError && error.status === 404) {
    return 'This call was not recorded, so there is nothing to hear. The transcript is all there is.';
  }
  if (error instanceof ApiError && error.status === 416) {
    return 'The recording ends before this turn.';
  }
  return error instanceof Error ? error.message : String(error);
}
