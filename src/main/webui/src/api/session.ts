import type { Role } from './types.ts';

/** Who sits here. */
export interface Session {
  /** Whose actions these are: a human's id, or the name of a key. */
  name: string;
  role: Role;
  /** The human who can be rung here; none for a key that is no human's. */
  human: string | null;
  /** What requests and the softphone show; none where the gateway is open (dev mode). */
  token: string | null;
  /** What the softphone shows where requests need nothing. */
  phoneToken: string | null;
  /** When the token ends; none: not known. */
  expiresAt: number | null;
}

const KEY = 'segue.session';

/** Memory first, and `sessionStorage` so that a reload of this tab is no sign-out. */
export class SessionStore extends EventTarget {
  private current: Session | null;

  constructor(private readonly kept: { get(key: string): string | null; set(key: string, value: string | null): void }) {
    super();
    this.current = this.read();
  }

  get(): Session | null {
    const session = this.current;
    return session && session.expiresAt !== null && session.expiresAt <= Date.now() ? null : session;
  }

  open(session: Session): void {
    this.current = session;
    this.kept.set(KEY, JSON.stringify(session));
    this.dispatchEvent(new Event('change'));
  }

  close(): void {
    if (this.current !== null) {
      this.current = null;
      this.kept.set(KEY, null);
      this.dispatchEvent(new Event('change'));
    }
  }

  /** Whether one of these roles is here. */
  is(...roles: Role[]): boolean {
    const session = this.get();
    return session !== null && roles.includes(session.role);
  }

  private read(): Session | null {
    try {
      const kept = this.kept.get(KEY);
      return kept ? (JSON.parse(kept) as Session) : null;
    } catch {
      return null;
    }
  }
}
