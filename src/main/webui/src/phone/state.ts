/** The softphone as a pure step: what it is told, what it is then, and what has to be done. Times are Unix milliseconds. */

export type Registration = 'off' | 'connecting' | 'registered' | 'lost' | 'refused';

/** Why the phone rings. */
export type Purpose = 'handoff' | 'supervise' | 'standby';

/** The one leg to the gateway. */
export interface Leg {
  /** Of the SIP session. */
  readonly id: string;
  readonly purpose: Purpose;
  /** Whose call it is; none: a leg that stands by, and nobody is on it. */
  readonly call: string | null;
  readonly handoff: string | null;
  /** A path of this gateway with the context, signed. */
  readonly contextPath: string | null;
  readonly phase: 'ringing' | 'answering' | 'up';
  /** When it rang, or when the call came onto the leg that stands by. */
  readonly since: number;
  /** When the call was answered. */
  readonly answeredAt: number | null;
  readonly muted: boolean;
  readonly held: boolean;
}

export interface PhoneState {
  readonly registration: Registration;
  /** Why it is not registered. */
  readonly why: string;
  readonly leg: Leg | null;
}

export interface PhoneSettings {
  /** Offers are taken by themselves. */
  readonly autoAnswer: boolean;
  /** The call that this page had when it was reloaded. */
  readonly lastCall: string | null;
}

export interface Invite {
  readonly id: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export type PhoneEvent =
  | { readonly is: 'connecting' }
  | { readonly is: 'registered' }
  | { readonly is: 'lost' }
  | { readonly is: 'refused'; readonly why: string }
  | { readonly is: 'off' }
  | { readonly is: 'invited'; readonly invite: Invite }
  | { readonly is: 'accepted'; readonly id: string }
  | { readonly is: 'up'; readonly id: string }
  | { readonly is: 'over'; readonly id: string }
  | { readonly is: 'informed'; readonly id: string; readonly type: string; readonly body: string }
  | { readonly is: 'muted'; readonly id: string; readonly on: boolean }
  | { readonly is: 'held'; readonly id: string; readonly on: boolean }
  /** The gateway says that the human has this call no longer. */
  | { readonly is: 'released'; readonly call: string };

export type PhoneEffect =
  | { readonly do: 'answer'; readonly id: string }
  | { readonly do: 'refuse'; readonly id: string; readonly status: number }
  | { readonly do: 'ring' }
  | { readonly do: 'hush' }
  /** Says by a tone that a caller is there: nothing was picked up. */
  | { readonly do: 'announce' };

export const SILENT: PhoneState = { registration: 'off', why: '', leg: null };

const BUSY = 486;

export function step(
  state: PhoneState,
  event: PhoneEvent,
  settings: PhoneSettings,
  now: number,
): { state: PhoneState; effects: PhoneEffect[] } {
  switch (event.is) {
    case 'connecting':
      return still({ ...state, registration: 'connecting', why: '' });
    case 'registered':
      return still({ ...state, registration: 'registered', why: '' });
    case 'lost':
      // What is talked about goes on: audio has a way of its own, and the gateway waits for the page to come back.
      return still({ ...state, registration: 'lost', why: 'no connection' });
    case 'refused':
      return still({ ...state, registration: 'refused', why: event.why });
    case 'off':
      return { state: SILENT, effects: state.leg?.phase === 'ringing' ? [{ do: 'hush' }] : [] };
    case 'invited':
      return invited(state, event.invite, settings, now);
    case 'accepted':
      return withLeg(state, event.id, (leg) => ({ ...leg, phase: 'answering' }), [{ do: 'hush' }]);
    case 'up':
      return withLeg(state, event.id, (leg) => ({
        ...leg,
        phase: 'up',
        answeredAt: leg.purpose === 'standby' ? leg.answeredAt : (leg.answeredAt ?? now),
      }));
    case 'over':
      return withLeg(state, event.id, () => null, [{ do: 'hush' }]);
    case 'informed':
      return informed(state, event, now);
    case 'muted':
      return withLeg(state, event.id, (leg) => ({ ...leg, muted: event.on }));
    case 'held':
      return withLeg(state, event.id, (leg) => ({ ...leg, held: event.on }));
    case 'released':
      return released(state, event.call);
  }
}

function invited(
  state: PhoneState,
  invite: Invite,
  settings: PhoneSettings,
  now: number,
): { state: PhoneState; effects: PhoneEffect[] } {
  const header = (name: string): string | null => invite.headers[name] ?? null;
  const call = header('x-segue-call');
  const again = state.leg !== null && call !== null && state.leg.call === call && state.leg.phase === 'up';
  if (state.leg !== null && !again) {
    return { state, effects: [{ do: 'refuse', id: invite.id, status: BUSY }] };
  }
  const purpose: Purpose =
    header('x-segue-standby') !== null ? 'standby' : header('x-segue-supervise') !== null ? 'supervise' : 'handoff';
  const back = header('x-segue-resumed') !== null || again || (call !== null && call === settings.lastCall);
  // A leg that stands by was agreed on; a supervisor has just asked for theirs; a call that comes back was taken before.
  const atOnce = purpose !== 'handoff' || back || settings.autoAnswer;
  const leg: Leg = {
    id: invite.id,
    purpose,
    call,
    handoff: header('x-segue-handoff'),
    contextPath: contextPath(header('call-info')),
    phase: atOnce ? 'answering' : 'ringing',
    since: now,
    answeredAt: null,
    muted: false,
    held: false,
  };
  const announced: PhoneEffect[] = purpose === 'handoff' && !back ? [{ do: 'announce' }] : [];
  return {
    state: { ...state, leg },
    effects: atOnce ? [...announced, { do: 'answer', id: invite.id }] : [{ do: 'ring' }],
  };
}

/** A caller comes onto the leg that stands by: `call=…` and `handoff=…` in lines of their own. */
function informed(
  state: PhoneState,
  event: { id: string; type: string; body: string },
  now: number,
): { state: PhoneState; effects: PhoneEffect[] } {
  if (!event.type.startsWith('application/x-segue-handoff')) {
    return still(state);
  }
  const said = Object.fromEntries(
    event.body.split(/\r?\n/).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  ) as Record<string, string>;
  return withLeg(
    state,
    event.id,
    (leg) => ({
      ...leg,
      call: said['call'] ?? null,
      handoff: said['handoff'] ?? null,
      since: now,
      answeredAt: now,
      muted: false,
      held: false,
    }),
    [{ do: 'announce' }],
  );
}

/** A leg that stands by stays up without the call; any other is ended by the gateway itself. */
function released(state: PhoneState, call: string): { state: PhoneState; effects: PhoneEffect[] } {
  const leg = state.leg;
  return leg === null || leg.purpose !== 'standby' || leg.call !== call
    ? still(state)
    : still({ ...state, leg: { ...leg, call: null, handoff: null, answeredAt: null, held: false } });
}

/** Something happened to a session; one that is not ours any more changes nothing. */
function withLeg(
  state: PhoneState,
  id: string,
  change: (leg: Leg) => Leg | null,
  effects: PhoneEffect[] = [],
): { state: PhoneState; effects: PhoneEffect[] } {
  return state.leg?.id === id ? { state: { ...state, leg: change(state.leg) }, effects } : still(state);
}

function still(state: PhoneState): { state: PhoneState; effects: PhoneEffect[] } {
  return { state, effects: [] };
}

/** The link in `Call-Info` (RFC 3261, 20.9), without its host: the context is asked of the gateway that served the page. */
export function contextPath(callInfo: string | null): string | null {
  const link = /<[a-z]+:\/\/[^/>]+(\/api\/v1\/calls\/[^>]+\/context[^>]*)>/i.exec(callInfo ?? '');
  return link?.[1] ?? null;
}
