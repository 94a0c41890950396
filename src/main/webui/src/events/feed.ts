import { ApiError, type Api } from '../api/client.ts';
import { failed, FRESH, opened, pauseMs, received, refusedId, SILENCE_MAX_MS, type Resume } from './resume.ts';
import { SseParser, type SseMessage } from './sse.ts';

/** An event as docs/api.md has it. */
export interface GatewayEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

export type FeedState = 'off' | 'connecting' | 'live' | 'lost';
export type Handler = (event: GatewayEvent) => void;

/**
 * The one stream of events that all views share. It is read by `fetch`, because `EventSource` cannot send a token. A lost connection is taken up again
 * where it broke; where events are gone for good, the handlers of `reset` read anew what they show.
 */
export class EventFeed extends EventTarget {
  private readonly handlers = new Map<string, Set<Handler>>();
  private readonly resets = new Set<() => void>();
  private resume: Resume = FRESH;
  private abort: AbortController | null = null;
  private wake: (() => void) | null = null;
  private now: FeedState = 'off';

  constructor(private readonly api: Api) {
    super();
  }

  get state(): FeedState {
    return this.now;
  }

  /** Calls back for a type, or for all with `*`. What is given back ends it. */
  on(type: string, handler: Handler): () => void {
    const all = this.handlers.get(type) ?? new Set();
    this.handlers.set(type, all.add(handler));
    return () => all.delete(handler);
  }

  /** Calls back when events were missed. What is given back ends it. */
  onReset(handler: () => void): () => void {
    this.resets.add(handler);
    return () => this.resets.delete(handler);
  }

  /** Reads until {@link stop}. */
  start(): void {
    if (this.abort === null) {
      this.abort = new AbortController();
      this.resume = FRESH;
      void this.run(this.abort);
    }
  }

  stop(): void {
    this.abort?.abort();
    this.abort = null;
    this.show('off');
  }

  /** Does not wait any longer: the network is back. */
  hurry(): void {
    this.wake?.();
  }

  private async run(abort: AbortController): Promise<void> {
    while (!abort.signal.aborted) {
      this.show(this.resume.failures === 0 ? 'connecting' : 'lost');
      let retryAfter: number | null = null;
      try {
        await this.read(abort.signal);
        this.resume = failed(this.resume);
      } catch (error) {
        if (abort.signal.aborted || (error instanceof ApiError && (error.status === 401 || error.status === 403))) {
          break;
        }
        const refused = error instanceof ApiError && error.status === 400;
        this.resume = refused ? refusedId(this.resume) : failed(this.resume);
        retryAfter = error instanceof ApiError ? error.retryAfter : null;
        if (refused) {
          this.reset();
        }
      }
      if (!abort.signal.aborted) {
        this.show('lost');
        await this.pause(pauseMs(this.resume, Math.random(), retryAfter), abort.signal);
      }
    }
    if (this.abort === abort) {
      this.abort = null;
      this.show('off');
    }
  }

  private async read(stopped: AbortSignal): Promise<void> {
    const silence = new AbortController();
    let timer = 0;
    const heard = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(() => silence.abort(), SILENCE_MAX_MS);
    };
    heard();
    try {
      const response = await this.api.response('GET', '/events', undefined, {
        headers: {
          Accept: 'text/event-stream',
          ...(this.resume.lastId === null ? {} : { 'Last-Event-ID': this.resume.lastId }),
        },
        signal: AbortSignal.any([stopped, silence.signal]),
      });
      if (response.body === null) {
        return;
      }
      this.resume = opened(this.resume);
      this.show('live');
      const parser = new SseParser();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          return;
        }
        heard();
        parser.push(value).forEach((message) => this.take(message));
      }
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  private take(message: SseMessage): void {
    this.resume = received(this.resume, message.id);
    if (message.event === 'reset') {
      this.reset();
      return;
    }
    let data: Record<string, unknown>;
    try {
      data = JSON.parse(message.data) as Record<string, unknown>;
    } catch {
      return;
    }
    const event = { id: message.id, type: message.event, data };
    for (const handler of [...(this.handlers.get(message.event) ?? []), ...(this.handlers.get('*') ?? [])]) {
      guarded(() => handler(event));
    }
  }

  private reset(): void {
    [...this.resets].forEach(guarded);
  }

  private pause(ms: number, stopped: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stopped.removeEventListener('abort', done);
        this.wake = null;
        resolve();
      };
      const timer = window.setTimeout(done, ms);
      stopped.addEventListener('abort', done);
      this.wake = done;
    });
  }

  private show(state: FeedState): void {
    if (this.now !== state) {
      this.now = state;
      this.dispatchEvent(new Event('change'));
    }
  }
}

/** A view that breaks on an event takes neither the stream nor the other views with it. */
function guarded(handler: () => void): void {
  try {
    handler();
  } catch (error) {
    console.error(error);
  }
}
