/** Where a reader of the event stream stands, and what it does next. Pure: time and chance are arguments. */
export interface Resume {
  /** What goes into `Last-Event-ID`; none: from now on. */
  readonly lastId: string | null;
  /** Tries in a row that came to nothing. */
  readonly failures: number;
}

export const FRESH: Resume = { lastId: null, failures: 0 };

export const PAUSE_FIRST_MS = 250;
export const PAUSE_MAX_MS = 10_000;

/** Longer than two heartbeats of the gateway (15 s) without a byte: the connection is dead. */
export const SILENCE_MAX_MS = 35_000;

/** An event came. One without an id leaves the place as it is. */
export function received(state: Resume, id: string): Resume {
  return { lastId: id === '' ? state.lastId : id, failures: 0 };
}

/** The connection is open. */
export function opened(state: Resume): Resume {
  return { ...state, failures: 0 };
}

/** The connection is gone, or never came to be. */
export function failed(state: Resume): Resume {
  return { ...state, failures: state.failures + 1 };
}

/** The gateway does not take the id (400): from now on, and everything is read anew. */
export function refusedId(state: Resume): Resume {
  return { lastId: null, failures: state.failures + 1 };
}

/** How long to wait before the next try; doubles, and is spread so that many consoles do not come back at once. */
export function pauseMs(state: Resume, chance: number, retryAfterS: number | null = null): number {
  if (retryAfterS !== null) {
    return Math.min(retryAfterS * 1000, 60_000) * (1 + chance / 2);
  }
  const full = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.max(0, state.failures - 1));
  return full * (0.5 + chance / 2);
}
