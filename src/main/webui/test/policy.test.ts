import { expect, test } from 'vitest';
import { paths, sentences } from '../src/views/policy/paths.ts';
import { faults, fresh, KINDS, listed, read, readRule, say, shown, typed, write, writeRule, type Json } from '../src/views/policy/rules.ts';

/** One of each kind that docs/policies.md has. */
const CONDITIONS: Record<string, Json> = {
  all: { all: [{ turns: 3 }, { lowTurns: 2 }] },
  any: { any: [{ speaker: 'agent' }, { turns: 40 }] },
  not: { not: { intent: ['pay'] } },
  intent: { intent: ['pay', 'refund_*'] },
  confidenceBelow: { confidenceBelow: 0.6 },
  confidenceAtLeast: { confidenceAtLeast: 0.6 },
  sentimentBelow: { sentimentBelow: -0.3 },
  sentimentSlopeBelow: { sentimentSlopeBelow: { slope: -0.15, turns: 4 } },
  repeats: { repeats: { of: 'text', times: 3 } },
  phrases: { phrases: ['real person'] },
  language: { language: ['en', 'de-CH'] },
  hours: { hours: { days: ['mon', 'fri'], from: '08:00', to: '20:00', zone: 'Europe/Berlin' } },
  lowTurns: { lowTurns: 2 },
  turns: { turns: 40 },
  speaker: { speaker: 'caller' },
  entity: { entity: { name: 'tier', equals: 'gold' } },
};

test('every kind of condition comes out of the form as it went in', () => {
  expect(Object.keys(CONDITIONS).sort()).toEqual([...KINDS].sort());
  for (const [kind, json] of Object.entries(CONDITIONS)) {
    expect(read(json).kind).toBe(kind);
    expect(write(read(json))).toEqual(json);
  }
});

test('every kind can be begun anew, and is said in words', () => {
  for (const kind of KINDS) {
    expect(read(write(fresh(kind)))).toEqual(fresh(kind));
    expect(say(fresh(kind))).not.toBe('');
  }
});

test('several fields in one object hold all together', () => {
  expect(read({ intent: ['order_*'], confidenceAtLeast: 0.5 })).toEqual({
    kind: 'all',
    of: [
      { kind: 'intent', list: ['order_*'] },
      { kind: 'confidenceAtLeast', value: 0.5 },
    ],
  });
});

test('nothing that is asked holds always', () => {
  expect(write(read({}))).toEqual({});
  expect(say(read(undefined))).toBe('always');
});

test('what this console does not know is kept as it stands', () => {
  expect(write(read({ weather: { is: 'bad' } }))).toEqual({ weather: { is: 'bad' } });
  expect(write(read({ not: { weather: 1 } }))).toEqual({ not: { weather: 1 } });
  const rule = { id: 'x', when: {}, then: { do: 'handoff', song: 'y' }, colour: 'red' };
  expect(writeRule(readRule(rule))).toEqual(rule);
});

test('a rule comes out of the form as it went in', () => {
  const rule = {
    id: 'vip',
    when: { all: [{ entity: { name: 'tier' } }, { not: CONDITIONS['hours'] }] },
    then: { do: 'handoff', reason: 'caller_request', queue: 'oncall', skills: ['en'], priority: 10 },
    enabled: false,
  };
  expect(writeRule(readRule(rule))).toEqual(rule);
});

test('whom a rule asks for is of no use where the agent keeps the call', () => {
  const rule = { ...readRule({ id: 'a', when: {}, then: { do: 'handoff', queue: 'x', priority: 3 } }), do: 'carry' as const };
  expect(writeRule(rule)).toEqual({ id: 'a', when: {}, then: { do: 'carry' } });
});

test('an entity’s value is the text, number or truth value that somebody types', () => {
  for (const value of ['gold', '7', 7, true, 'true', '']) {
    expect(typed(shown(value))).toBe(value);
  }
  expect(typed('  ')).toBeNull();
  expect(listed(' a,  b\nc, ')).toEqual(['a', 'b', 'c']);
});

test('an error of the gateway is shown at its rule', () => {
  const found = faults([
    { field: 'policy.rules[3].when.all[1].confidenceBelow', message: 'has to be 0 to 1, not 1.7' },
    { field: 'policy.rules[3]', message: 'is never asked' },
    { field: 'url', message: 'is missing' },
  ]);
  expect([...found.entries()]).toEqual([[3, ['when.all[1].confidenceBelow has to be 0 to 1, not 1.7', 'is never asked']]]);
});

const AGENT = {
  id: 'refunds',
  name: 'Refunds',
  queue: 'billing',
  policy: {
    intents: { order_status: 0.7, refund_dispute: { queue: 'disputes' } },
    rules: [
      { id: 'legal', then: { do: 'handoff', queue: 'legal' } },
      { id: 'small', then: { do: 'carry' } },
      { id: 'off', then: { do: 'handoff', queue: 'nowhere' }, enabled: false },
      { id: 'own', then: { do: 'handoff' } },
    ],
  },
};

test('the map shows every place a call can go, and only those', () => {
  const map = paths(AGENT, [
    { id: 'billing', name: 'Billing', overflow: [{ queue: 'backup' }, { sip: 'sip:acd@pbx.example' }] },
    { id: 'backup', name: 'Backup', overflow: [{ agent: true }] },
    { id: 'legal', name: 'Legal', overflow: [] },
    { id: 'unused', name: 'Unused' },
  ]);
  expect(sentences(map)).toEqual([
    'Refunds to Billing: a doubt, rule own',
    'Refunds to Legal: rule legal',
    'Refunds to disputes: intent refund_dispute',
    'Billing to Backup: nobody answers (1.)',
    'Billing to sip:acd@pbx.example: nobody answers (2.)',
    'Legal to Nobody: nobody answers',
    'Backup to Refunds: nobody answers',
  ]);
  expect(map.stops.find((stop) => stop.id === 'queue:disputes')?.detail).toBe('is no queue');
  expect(map.stops.filter((stop) => stop.kind === 'again').map((stop) => stop.label)).toEqual(['Refunds']);
});

test('queues that send callers round in a circle end the map, not the page', () => {
  const map = paths({ id: 'a', queue: 'x', policy: {} }, [
    { id: 'x', name: 'X', overflow: [{ queue: 'y' }] },
    { id: 'y', name: 'Y', overflow: [{ queue: 'x' }] },
  ]);
  expect(map.stops.map((stop) => stop.label)).toEqual(['a', 'X', 'Y', 'X']);
  expect(sentences(map).at(-1)).toBe('Y to X: nobody answers');
});

test('an agent without a queue asks anybody', () => {
  expect(sentences(paths({ id: 'a', policy: {} }, []))).toEqual(['a to Anybody available: a doubt']);
});

test('every way goes to the right', () => {
  const { stops, ways } = paths(AGENT, [
    { id: 'billing', name: 'Billing', overflow: [{ queue: 'legal' }, { queue: 'backup' }] },
    { id: 'legal', name: 'Legal', overflow: [{ queue: 'billing' }, { agent: true }] },
    { id: 'backup', name: 'Backup', overflow: [{ queue: 'legal' }] },
  ]);
  const column = (id: string): number => stops.find((stop) => stop.id === id)!.column;
  expect(ways.filter((way) => column(way.to) !== column(way.from) + 1)).toEqual([]);
});

test('no two stops stand in one place', () => {
  const { stops } = paths(AGENT, [{ id: 'billing', name: 'Billing', overflow: [{ sip: 'sip:a' }, { sip: 'sip:b' }] }]);
  expect(new Set(stops.map((stop) => `${stop.column}/${stop.row}`)).size).toBe(stops.length);
});
