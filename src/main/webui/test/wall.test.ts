import { expect, test } from 'vitest';
import type { Call, Human, Presence, Queue } from '../src/api/types.ts';
import { board, modes } from '../src/views/wall/board.ts';
import { dayAfter, FIGURES, said, series, type Row } from '../src/views/wall/figures.ts';

const call = (id: string, state: Call['state'], more: Partial<Call> = {}): Call => ({
  id,
  state,
  from: '+1',
  to: '+2',
  agent: 'refunds',
  agentVersion: 1,
  policy: 'current',
  trunk: 't',
  node: 'n',
  answeredAt: 100,
  link: 'up',
  legs: [],
  turns: [],
  handoffs: [],
  ...more,
});
const handoff = (queue: string, t0: number, human?: string) => [
  { id: 'h', state: 'ringing', reason: 'phrase', detail: '', queue, attempts: [], t0, t4: t0 + 5, ...(human ? { human } : {}) },
];
const QUEUES: Queue[] = [
  { id: 'billing', name: 'Billing', ringSeconds: 20 },
  { id: 'legal', name: 'Legal', ringSeconds: 20 },
];
const HUMANS: Human[] = [
  { id: 'anna', name: 'Anna', queues: ['billing'], standby: false, role: 'human' },
  { id: 'bob', name: 'Bob', queues: ['billing', 'legal'], standby: false, role: 'human' },
];

test('who waits longest comes first, and the queue says how long', () => {
  const { lanes, lines } = board(
    [call('a', 'waiting', { handoffs: handoff('billing', 500) }), call('b', 'waiting', { handoffs: handoff('billing', 300) })],
    QUEUES,
    HUMANS,
    new Map<string, Presence>([['bob', { human: 'bob', state: 'available' }]]),
  );
  expect(lanes.waiting.map((card) => card.call.id)).toEqual(['b', 'a']);
  expect(lines[0]).toMatchObject({ waiting: 2, since: 300, available: 1, members: 2 });
  expect(lines[1]).toMatchObject({ waiting: 0, since: null });
});

test('a human who talks stands beside their call, one who was never seen is away', () => {
  const { people } = board(
    [call('a', 'with_human', { handoffs: handoff('billing', 500, 'bob') })],
    QUEUES,
    HUMANS,
    new Map<string, Presence>([['bob', { human: 'bob', state: 'talking' }]]),
  );
  expect(people.map(({ human, presence, call: id }) => [human.id, presence.state, id])).toEqual([
    ['bob', 'talking', 'a'],
    ['anna', 'away', null],
  ]);
});

test('calls that end are in no lane', () => {
  const { lanes } = board([call('a', 'ended'), call('b', 'ending')], [], [], new Map());
  expect(Object.values(lanes).flat()).toEqual([]);
});

test('there is nobody to whisper to with the agent alone, and one supervisor at a time', () => {
  expect(modes(call('a', 'with_agent'), 'sue')).toEqual(['listen', 'barge']);
  expect(modes(call('a', 'with_human'), 'sue')).toEqual(['listen', 'whisper', 'barge']);
  const watched = { human: 'tom', mode: 'listen', state: 'up', by: 'tom' } as const;
  expect(modes(call('a', 'with_human', { supervisor: watched }), 'sue')).toEqual([]);
  expect(modes(call('a', 'with_human', { supervisor: { ...watched, state: 'ended' } }), 'sue')).toHaveLength(3);
});

test('a day without calls is a gap, not a zero', () => {
  const rows = [{ day: '2026-11-02', calls: 4, handoffRate: { value: 0.5, n: 4 } }] as Row[];
  const from = Date.parse('2026-11-01T13:00:00Z');
  const all = series(rows, FIGURES[0]!, from, Date.parse('2026-11-03T01:00:00Z'));
  expect(all.days).toEqual(['2026-11-01', '2026-11-02', '2026-11-03']);
  expect(all.y).toEqual([null, 0.5, null]);
  expect(all.n).toEqual([0, 4, 0]);
});

test('a figure is said in its unit', () => {
  expect(said(0.187, 'share')).toBe('19 %');
  expect(said(0.031, 'share')).toBe('3.1 %');
  expect(said(0, 'share')).toBe('0 %');
  expect(said(14.2, 'ms')).toBe('14 ms');
  expect(said(1_450, 'ms')).toBe('1.4 s');
  expect(said(65_000, 'ms')).toBe('65 s');
  expect(said(null, 'share')).toBe('–');
});

test('a day ends where the next begins, over the end of a month', () => {
  expect(dayAfter('2026-11-30')).toBe('2026-12-01');
});
