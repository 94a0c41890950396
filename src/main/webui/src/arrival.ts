import { Api, ApiError, type Role, type Session } from './api/index.ts';

interface Who {
  name: string;
  role: Role;
  human?: string;
}

interface Opened {
  token: string;
  human: string;
  role: Role;
  expiresAt: number;
}

/** With the password of their phone. */
export async function signIn(human: string, password: string): Promise<Session> {
  const opened = await new Api(() => null).post<Opened>('/session', { human, password });
  return {
    name: opened.human,
    role: opened.role,
    human: opened.human,
    token: opened.token,
    phoneToken: opened.token,
    expiresAt: opened.expiresAt,
  };
}

/** With a key of `segue.api.keys`: for administrators, who have no phone here. */
export async function signInWithKey(key: string): Promise<Session> {
  const who = await new Api(() => key).get<Who>('/session');
  return {
    name: who.name,
    role: who.role,
    human: who.human ?? null,
    token: key,
    phoneToken: who.human ? key : null,
    expiresAt: null,
  };
}

/** The gateway of a developer asks for nothing and has a human for whoever opens the page; none: one has to sign in. */
export async function walkIn(): Promise<Session | null> {
  const open = new Api(() => null);
  try {
    const who = await open.get<Who>('/session');
    const guest = await open.post<Opened>('/demo/session').catch(() => null);
    return {
      name: who.name,
      role: who.role,
      human: guest?.human ?? null,
      token: null,
      phoneToken: guest?.token ?? null,
      expiresAt: null,
    };
  } catch (error) {
    if (error instanceof ApiError) {
      return null;
    }
    throw error;
  }
}

/** Tells the gateway that the token is done with. */
export async function signOut(session: Session): Promise<void> {
  if (session.token !== null && session.human !== null) {
    await new Api(() => session.token).delete('/session').catch(() => undefined);
  }
}
