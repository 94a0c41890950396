import { expect, test, vi } from 'vitest';
import { Api, ApiError } from '../src/api/client.ts';

const answering = (response: Response) => vi.fn((_: unknown, __?: RequestInit) => Promise.resolve(response));
const problem = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });

async function failure(response: Response, unauthorized = () => {}): Promise<ApiError> {
  return new Api(() => 't', unauthorized, '', answering(response) as unknown as typeof fetch)
    .get('/x')
    .then(() => expect.fail(), (error: unknown) => error as ApiError);
}

test('shows the token, and leaves it out where there is none', async () => {
  const fetcher = answering(new Response('{}'));
  await new Api(() => 'secret', () => {}, '/api/v1', fetcher as unknown as typeof fetch).get('/calls', {
    query: { limit: 5, queue: null },
  });
  expect(fetcher.mock.calls[0]?.[0]).toBe('/api/v1/calls?limit=5');
  expect(fetcher.mock.calls[0]?.[1]?.headers).toEqual({ Authorization: 'Bearer secret' });
  await new Api(() => null, () => {}, '', fetcher as unknown as typeof fetch).response('GET', '/calls');
  expect(fetcher.mock.calls[1]?.[1]?.headers).toEqual({});
});

test('tells what the gateway finds wrong, field by field', async () => {
  const error = await failure(
    problem(400, { type: 'urn:segue:problem:invalid', errors: [{ field: 'queue', message: 'is unknown' }] }),
  );
  expect(error).toMatchObject({ status: 400, type: 'invalid', message: 'queue is unknown' });
});

test('copes with an answer that is no problem document', async () => {
  expect(await failure(new Response('<html>', { status: 502 }))).toMatchObject({
    status: 502,
    message: 'The gateway answered 502',
  });
});

test('knows how long to wait', async () => {
  expect((await failure(problem(503, {}, { 'Retry-After': '3' }))).retryAfter).toBe(3);
});

test('says once that the session is over', async () => {
  const unauthorized = vi.fn();
  await failure(problem(401, {}), unauthorized);
  expect(unauthorized).toHaveBeenCalledOnce();
});

test('tells a gateway that is away from one that refuses', async () => {
  const away = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch;
  await expect(new Api(() => null, () => {}, '', away).get('/x')).rejects.toMatchObject({ status: 0 });
});
