import { afterEach, expect, test, vi } from 'vitest';
import { Api } from '../src/api/client.ts';
import { EventFeed } from '../src/events/feed.ts';

/** A gateway that answers each request for events with the next of these. */
function gateway(...answers: (() => Response)[]) {
  const asked: (string | null)[] = [];
  const fetcher = ((_: RequestInfo | URL, init?: RequestInit) => {
    asked.push(new Headers(init?.headers).get('Last-Event-ID'));
    const answer = answers.shift();
    if (answer) {
      return Promise.resolve(answer());
    }
    return new Promise<Response>((_, reject) =>
      init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
    );
  }) as typeof fetch;
  return { asked, feed: new EventFeed(new Api(() => 'token', () => {}, '/api/v1', fetcher)) };
}

const stream = (text: string) => () => new Response(text, { headers: { 'Content-Type': 'text/event-stream' } });

// Pauses between two tries are short here; the watch over a silent connection stays as long as it is.
vi.stubGlobal('window', { setTimeout: (run: () => void, ms: number) => setTimeout(run, ms > 20_000 ? ms : 1) });

let running: EventFeed | null = null;
afterEach(() => running?.stop());

test('takes a broken stream up again where it broke, without loss', async () => {
  const { asked, feed } = gateway(
    stream('id: 1-0\nevent: turn\ndata: {"n":1}\n\nid: 2-0\nevent: turn\ndata: {"n":2}\n\nid: 3-0\nevent: tu'),
    stream('id: 3-0\nevent: turn\ndata: {"n":3}\n\n'),
  );
  const seen: unknown[] = [];
  feed.on('turn', (event) => seen.push(event.data['n']));
  running = feed;
  feed.start();
  await vi.waitFor(() => expect(asked.length).toBe(3));
  expect(seen).toEqual([1, 2, 3]);
  expect(asked).toEqual([null, '2-0', '3-0']);
});

test('has everything read anew after a reset', async () => {
  const { feed } = gateway(stream('event: reset\ndata: {}\n\n'));
  const reset = vi.fn();
  feed.onReset(reset);
  running = feed;
  feed.start();
  await vi.waitFor(() => expect(reset).toHaveBeenCalledOnce());
});

test('gives up when the token is not taken', async () => {
  const { asked, feed } = gateway(() => new Response('{}', { status: 401 }));
  running = feed;
  feed.start();
  await vi.waitFor(() => expect(feed.state).toBe('off'));
  expect(asked.length).toBe(1);
});

test('goes on when one of its readers breaks', async () => {
  const { feed } = gateway(stream('id: 1-0\nevent: turn\ndata: {}\n\n'));
  const other = vi.fn();
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  feed.on('turn', () => {
    throw new Error('broken view');
  });
  feed.on('*', other);
  running = feed;
  feed.start();
  await vi.waitFor(() => expect(other).toHaveBeenCalledOnce());
  expect(error).toHaveBeenCalledOnce();
});
