import { EventFeed } from '../events/feed.ts';
import { Api } from './client.ts';
import { SessionStore } from './session.ts';

export * from './types.ts';
export { Api, ApiError, part } from './client.ts';
export type { Session } from './session.ts';

function tabStorage(): Storage | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

/** Who sits here. */
export const session = new SessionStore(tabStorage());

/** The REST interface, as them. */
export const api = new Api(
  () => session.get()?.token ?? null,
  () => session.close(),
);

/** What happens, live; the shell starts it with the session. */
export const events = new EventFeed(api);
