import { EventFeed } from '../events/feed.ts';
import { tab } from '../keep.ts';
import { Api } from './client.ts';
import { SessionStore } from './session.ts';

export * from './types.ts';
export { Api, ApiError, part } from './client.ts';
export type { Session } from './session.ts';

/** Who sits here. */
export const session = new SessionStore(tab);

/** The REST interface, as them. */
export const api = new Api(
  () => session.get()?.token ?? null,
  () => session.close(),
);

/** What happens, live; the shell starts it with the session. */
export const events = new EventFeed(api);
