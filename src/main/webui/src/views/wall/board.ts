import type { Call, Handoff, Human, Presence, Queue } from '../../api/types.ts';

/** A call as the wall shows it. */
export interface Card {
  call: Call;
  /** In its state since then, as far as it is known; Unix milliseconds. */
  since: number;
  queue: string | null;
  human: string | null;
  reason: string;
}

export type Lane = 'with_agent' | 'waiting' | 'with_human';
export const LANES: readonly Lane[] = ['waiting', 'with_human', 'with_agent'];

export interface Line {
  queue: Queue;
  waiting: number;
  /** The longest wait; Unix milliseconds. */
  since: number | null;
  available: number;
  members: number;
}

export interface Board {
  lanes: Record<Lane, Card[]>;
  lines: Line[];
  people: { human: Human; presence: Presence; call: string | null }[];
}

const ORDER = ['talking', 'ringing', 'reserved', 'wrap_up', 'available', 'away'];

/** Who waits longest comes first; of those who talk, too. */
export function board(
  calls: readonly Call[],
  queues: readonly Queue[],
  humans: readonly Human[],
  presences: ReadonlyMap<string, Presence>,
): Board {
  const lanes: Record<Lane, Card[]> = { with_agent: [], waiting: [], with_human: [] };
  for (const call of calls) {
    if (call.state === 'with_agent' || call.state === 'waiting' || call.state === 'with_human') {
      lanes[call.state].push(card(call));
    }
  }
  LANES.forEach((lane) => lanes[lane].sort((one, other) => one.since - other.since));
  const lines = queues.map((queue) => {
    const asking = lanes.waiting.filter((one) => one.queue === queue.id);
    const members = humans.filter((human) => human.queues.includes(queue.id));
    return {
      queue,
      waiting: asking.length,
      since: asking[0]?.since ?? null,
      available: members.filter((human) => presences.get(human.id)?.state === 'available').length,
      members: members.length,
    };
  });
  const people = humans
    .map((human) => ({
      human,
      presence: presences.get(human.id) ?? { human: human.id, state: 'away' as const },
      call: lanes.with_human.find((one) => one.human === human.id)?.call.id ?? null,
    }))
    .sort(
      (one, other) =>
        ORDER.indexOf(one.presence.state) - ORDER.indexOf(other.presence.state) ||
        one.human.name.localeCompare(other.human.name),
    );
  return { lanes, lines: lines.sort((one, other) => other.waiting - one.waiting), people };
}

function card(call: Call): Card {
  const last: Handoff | undefined = call.handoffs.at(-1);
  const since = call.state === 'waiting' ? last?.t0 : call.state === 'with_human' ? last?.t4 : undefined;
  return {
    call,
    since: since ?? call.answeredAt,
    queue: last?.queue ?? null,
    human: last?.human ?? null,
    reason: last?.reason ?? '',
  };
}

export type Mode = 'listen' | 'whisper' | 'barge';

/** What a supervisor may do to a call now; with the agent alone there is nobody to whisper to. */
export function modes(call: Call, me: string): Mode[] {
  const now = call.supervisor;
  if (call.state === 'ended' || call.state === 'ending' || (now && now.state !== 'ended' && now.human !== me)) {
    return [];
  }
  return call.state === 'with_human' ? ['listen', 'whisper', 'barge'] : ['listen', 'barge'];
}
