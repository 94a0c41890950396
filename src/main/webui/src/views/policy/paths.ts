import type { Json } from './rules.ts';

/** Where a call of an agent can go: the agent, what makes it leave, the queues, and what they do when nobody answers. */
export interface Stop {
  id: string;
  kind: 'agent' | 'queue' | 'outside' | 'nobody' | 'again';
  label: string;
  detail: string;
  /** Column, from 0. */
  column: number;
  row: number;
}

export interface Way {
  from: string;
  to: string;
  /** Why: rules, or what the queue does then. */
  why: string[];
}

export interface Paths {
  stops: Stop[];
  ways: Way[];
}

export interface QueueDocument {
  id: string;
  name: string;
  ringSeconds?: number;
  waitSeconds?: number;
  overflow?: { queue?: string; sip?: string; agent?: boolean }[];
}

export interface AgentDocument {
  id: string;
  name?: string;
  queue?: string;
  policy: Json;
}

const ANYBODY = '*';

/**
 * Breadth first from the agent, so that each stop is in the column of the shortest way to it. A way that goes back ends at a stop that names the place it
 * goes back to: no line of the picture crosses what is before it.
 */
export function paths(agent: AgentDocument, queues: readonly QueueDocument[]): Paths {
  const start = `agent:${agent.id}`;
  const stops = new Map<string, Stop>([
    [start, { id: start, kind: 'agent', label: agent.name ?? agent.id, detail: 'has the caller', column: 0, row: 0 }],
  ]);
  const ways: Way[] = [];
  const rows: number[] = [1];
  const stop = (id: string, column: number, make: () => Omit<Stop, 'id' | 'column' | 'row'>): boolean => {
    if (stops.has(id)) {
      return false;
    }
    const row = rows[column] ?? 0;
    rows[column] = row + 1;
    stops.set(id, { id, column, row, ...make() });
    return true;
  };
  const open: { queue: string; column: number }[] = [];
  const go = (from: string, queue: string, column: number, why: string): void => {
    const to = `queue:${queue}`;
    const known = queues.find((one) => one.id === queue);
    const came = stop(to, column, () => ({
      kind: 'queue',
      label: queue === ANYBODY ? 'Anybody available' : (known?.name ?? queue),
      detail: known === undefined ? (queue === ANYBODY ? 'no queue is named' : 'is no queue') : `rings ${known.ringSeconds ?? 20} s`,
    }));
    if (came || stops.get(to)?.column === column) {
      way(ways, from, to, why);
    } else {
      again(from, to, column, why);
    }
    if (came) {
      open.push({ queue, column });
    }
  };
  const again = (from: string, to: string, column: number, why: string): void => {
    const id = `again:${column}:${to}`;
    const label = stops.get(to)?.label ?? to;
    stop(id, column, () => ({ kind: 'again', label, detail: 'again, as on the left' }));
    way(ways, from, id, why);
  };
  for (const { queue, why } of leaving(agent)) {
    go(start, queue, 1, why);
  }
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    const { queue, column } = at;
    const from = `queue:${queue}`;
    const known = queues.find((one) => one.id === queue);
    const steps = known?.overflow ?? [];
    steps.forEach((step, i) => {
      const why = steps.length > 1 ? `nobody answers (${i + 1}.)` : 'nobody answers';
      if (step.queue !== undefined) {
        go(from, step.queue, column + 1, why);
      } else if (step.sip !== undefined) {
        stop(`sip:${step.sip}`, column + 1, () => ({ kind: 'outside', label: step.sip ?? '', detail: 'outside' }));
        way(ways, from, `sip:${step.sip}`, why);
      } else {
        again(from, start, column + 1, why);
      }
    });
    if (steps.length === 0 && known !== undefined) {
      stop('nobody', column + 1, () => ({ kind: 'nobody', label: 'Nobody', detail: 'the handoff has failed' }));
      way(ways, from, 'nobody', 'nobody answers');
    }
  }
  return { stops: [...stops.values()], ways };
}

function way(ways: Way[], from: string, to: string, why: string): void {
  const same = ways.find((one) => one.from === from && one.to === to);
  if (same === undefined) {
    ways.push({ from, to, why: [why] });
  } else if (!same.why.includes(why)) {
    same.why.push(why);
  }
}

/** Each way out of the agent: its rules, its intents, and everything else. */
function leaving(agent: AgentDocument): { queue: string; why: string }[] {
  const own = agent.queue ?? ANYBODY;
  const found: { queue: string; why: string }[] = [{ queue: own, why: 'a doubt' }];
  const rules = (agent.policy['rules'] ?? []) as Json[];
  for (const rule of rules) {
    const then = (rule['then'] ?? {}) as Json;
    if (rule['enabled'] !== false && then['do'] === 'handoff') {
      found.push({ queue: String(then['queue'] ?? own), why: `rule ${String(rule['id'])}` });
    }
  }
  for (const [intent, settings] of Object.entries((agent.policy['intents'] ?? {}) as Json)) {
    const queue = typeof settings === 'object' && settings !== null ? (settings as Json)['queue'] : undefined;
    if (typeof queue === 'string') {
      found.push({ queue, why: `intent ${intent}` });
    }
  }
  return found;
}

/** The same in sentences, for whoever does not see the picture. */
export function sentences({ stops, ways }: Paths): string[] {
  const label = (id: string): string => stops.find((stop) => stop.id === id)?.label ?? id;
  return ways.map((one) => `${label(one.from)} to ${label(one.to)}: ${one.why.join(', ')}`);
}
