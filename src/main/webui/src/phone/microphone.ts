import { browser } from '../keep.ts';

/** The microphone, asked for once and kept open while somebody is on shift, so that answering does not wait for it. */
export class Microphone extends EventTarget {
  private open: MediaStream | null = null;
  private problem = '';
  private asked: Promise<MediaStream> | null = null;

  get stream(): MediaStream | null {
    return this.open;
  }

  /** Why there is none; empty where nothing is wrong. */
  get why(): string {
    return this.problem;
  }

  /** @param device its id; none: the one that was chosen last, else the system's */
  async start(device: string | null = null): Promise<MediaStream> {
    if (this.open !== null && device === null) {
      return this.open;
    }
    this.asked ??= this.ask(device).finally(() => {
      this.asked = null;
    });
    return this.asked;
  }

  stop(): void {
    this.open?.getTracks().forEach((track) => track.stop());
    this.open = null;
    this.dispatchEvent(new Event('change'));
  }

  async devices(): Promise<MediaDeviceInfo[]> {
    const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return all.filter((device) => device.kind === 'audioinput' && device.deviceId !== '');
  }

  get device(): string | null {
    return this.open?.getAudioTracks()[0]?.getSettings().deviceId ?? null;
  }

  private async ask(device: string | null): Promise<MediaStream> {
    try {
      if (!navigator.mediaDevices) {
        throw new DOMException('', 'InsecureError');
      }
      const wanted = device ?? browser.get(KEY);
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: { ...(wanted === null ? {} : { deviceId: wanted }), echoCancellation: true, noiseSuppression: true },
      });
      this.open?.getTracks().forEach((track) => track.stop());
      this.open = stream;
      this.problem = '';
      if (device !== null) {
        browser.set(KEY, device);
      }
      stream.getAudioTracks()[0]?.addEventListener('ended', () => this.stop());
      return stream;
    } catch (error) {
      this.problem = explain(error);
      throw error;
    } finally {
      this.dispatchEvent(new Event('change'));
    }
  }
}

const KEY = 'segue.microphone';

function explain(error: unknown): string {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
      return 'This page may not use the microphone. Allow it in the browser, beside the address.';
    case 'NotFoundError':
      return 'There is no microphone.';
    case 'NotReadableError':
      return 'Another program has the microphone.';
    case 'InsecureError':
      return 'Browsers give a microphone to pages over HTTPS or from this machine only.';
    default:
      return 'The microphone does not work.';
  }
}
