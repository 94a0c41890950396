/** Where the samples of a recording (RIFF WAVE) are, so that one turn of a long call can be fetched without the rest. */
export interface Wave {
  /** The `fmt ` chunk, as it stands. */
  format: Uint8Array<ArrayBuffer>;
  bytesPerSecond: number;
  /** Of one sample of all channels. */
  frame: number;
  /** Of the first sample, from the beginning of the file. */
  start: number;
  /** Of the samples; of a file that is still written what the header says may be 0 or too much. */
  length: number;
}

/** So much of the beginning of a file holds its header. */
export const HEADER_BYTES = 512;

/** Reads a header; none: this is no recording that can be cut. */
export function wave(bytes: ArrayBuffer): Wave | null {
  const view = new DataView(bytes);
  const name = (at: number): string => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  if (bytes.byteLength < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') {
    return null;
  }
  let format: Uint8Array<ArrayBuffer> | null = null;
  for (let at = 12; at + 8 <= bytes.byteLength; ) {
    const length = view.getUint32(at + 4, true);
    if (name(at) === 'fmt ' && length >= 16 && at + 8 + length <= bytes.byteLength) {
      format = new Uint8Array(bytes.slice(at + 8, at + 8 + length));
    } else if (name(at) === 'data' && format !== null) {
      const fields = new DataView(format.buffer);
      const bytesPerSecond = fields.getUint32(8, true);
      const frame = fields.getUint16(12, true);
      return bytesPerSecond > 0 && frame > 0 ? { format, bytesPerSecond, frame, start: at + 8, length } : null;
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

/** Bytes of the file, both included, as `Range` names them. */
export function range(file: Wave, fromMs: number, toMs: number): { from: number; to: number } {
  const at = (ms: number): number =>
    Math.floor((Math.max(0, ms) * file.bytesPerSecond) / 1000 / file.frame) * file.frame;
  const from = at(fromMs);
  return { from: file.start + from, to: file.start + Math.max(from + file.frame, at(toMs)) - 1 };
}

/** A file of its own of some samples. */
export function cut(file: Wave, samples: ArrayBuffer): Blob {
  const header = new Uint8Array(12 + 8 + file.format.length + 8);
  const view = new DataView(header.buffer);
  const put = (at: number, text: string): void => header.set([...text].map((c) => c.charCodeAt(0)), at);
  put(0, 'RIFF');
  view.setUint32(4, header.length - 8 + samples.byteLength, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, file.format.length, true);
  header.set(file.format, 20);
  put(20 + file.format.length, 'data');
  view.setUint32(24 + file.format.length, samples.byteLength, true);
  return new Blob([header, samples], { type: 'audio/wav' });
}

/**
 * Where a moment of a call is in its recording, in milliseconds. Turns count from the answer, the recording from its own beginning.
 *
 * @param answeredAt Unix milliseconds, as `startedAt`
 */
export function inRecording(ms: number, answeredAt: number, startedAt: number | undefined): number {
  return startedAt === undefined ? ms : ms + answeredAt - startedAt;
}
