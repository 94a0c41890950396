/** What the desk shows, as a pure step over what the gateway tells and what the phone does. Times are Unix milliseconds. */
import type { Call, Context, Handoff, Turn } from '../../api/index.ts';
import type { Leg } from '../../phone/state.ts';

/** A call that came to this human: offered, talked on, or to be wrapped up. */
export interface Case {
  readonly call: string;
  readonly context: Context | null;
  readonly turns: readonly Turn[];
  /** When a human was first wanted. */
  readonly askedAt: number | null;
  readonly answeredAt: number | null;
  /** Whether the caller hears this human; until then one who was rung ahead of time waits, and the agent has the caller. */
  readonly connected: boolean;
  readonly endedAt: number | null;
  readonly supervised: boolean;
}

export interface Work {
  /** What has been told of calls that may come, the newest last. */
  readonly contexts: readonly Context[];
  /** What the phone rings for, or is up for. */
  readonly current: Case | null;
  readonly wrap: Case | null;
  /** A call that was offered and went elsewhere. */
  readonly missed: { readonly call: string; readonly from: string; readonly at: number } | null;
}

export type WorkEvent =
  | { readonly is: 'context'; readonly context: Context }
  | { readonly is: 'leg'; readonly leg: Leg | null }
  | { readonly is: 'turn'; readonly call: string; readonly turn: Turn }
  | { readonly is: 'handoff'; readonly call: string; readonly handoff: Handoff }
  | { readonly is: 'read'; readonly call: Call }
  | { readonly is: 'wrapped' }
  | { readonly is: 'seen' };

export const NOTHING: Work = { contexts: [], current: null, wrap: null, missed: null };

const CONTEXTS_MAX = 8;

export function work(before: Work, event: WorkEvent, now: number): Work {
  switch (event.is) {
    case 'context':
      return told(before, event.context, now);
    case 'leg':
      return rung(before, event.leg, now);
    case 'turn':
      return onCase(before, event.call, (one) => ({ ...one, turns: withTurn(one.turns, event.turn) }));
    case 'handoff':
      return onCase(before, event.call, (one) => ({
        ...one,
        askedAt: event.handoff.t0 ?? one.askedAt,
        connected: one.connected || event.handoff.state === 'connected',
      }));
    case 'read':
      return onCase(before, event.call.id, (one) => ({
        ...one,
        context: one.context ?? event.call.context ?? null,
        turns: event.call.turns,
        askedAt: event.call.handoffs.at(-1)?.t0 ?? one.askedAt,
        connected: one.connected || event.call.state === 'with_human',
      }));
    case 'wrapped':
      return { ...before, wrap: null };
    case 'seen':
      return { ...before, missed: null };
  }
}

function told(before: Work, context: Context, now: number): Work {
  const contexts = [...before.contexts.filter((other) => other.call !== context.call), context].slice(-CONTEXTS_MAX);
  return onCase({ ...before, contexts }, context.call, (one) => ({
    ...one,
    context,
    turns: one.turns.length > context.turns.length ? one.turns : context.turns,
    askedAt: one.askedAt ?? context.askedAt ?? now,
  }));
}

function rung(before: Work, leg: Leg | null, now: number): Work {
  const call = leg?.call ?? null;
  const current = before.current;
  if (current !== null && current.call === call) {
    return leg?.answeredAt === current.answeredAt
      ? before
      : { ...before, current: { ...current, answeredAt: leg?.answeredAt ?? current.answeredAt } };
  }
  const left = current === null ? before : over(before, current, now);
  if (leg === null || call === null) {
    return left;
  }
  const context = before.contexts.find((one) => one.call === call) ?? null;
  return {
    ...left,
    missed: null,
    current: {
      call,
      context,
      turns: context?.turns ?? [],
      askedAt: context?.askedAt ?? null,
      answeredAt: leg.answeredAt,
      connected: leg.purpose === 'supervise',
      endedAt: null,
      supervised: leg.purpose === 'supervise',
    },
  };
}

/** The phone is off the call: what was talked about is wrapped up, what was only offered is missed. */
function over(before: Work, current: Case, now: number): Work {
  if (current.supervised) {
    return { ...before, current: null };
  }
  return !current.connected
    ? {
        ...before,
        current: null,
        missed: { call: current.call, from: current.context?.caller.number ?? '', at: now },
      }
    : { ...before, current: null, wrap: { ...current, endedAt: now } };
}

function onCase(before: Work, call: string, change: (one: Case) => Case): Work {
  if (before.current?.call === call) {
    return { ...before, current: change(before.current) };
  }
  return before.wrap?.call === call ? { ...before, wrap: change(before.wrap) } : before;
}

/** One that was proposed is replaced by the same when it is spoken. */
function withTurn(turns: readonly Turn[], turn: Turn): readonly Turn[] {
  const at = turns.findIndex((other) => other.id === turn.id);
  return at < 0 ? [...turns, turn] : turns.with(at, turn);
}
