import { expect, test } from 'vitest';
import type { Call, Context, Handoff, Turn } from '../src/api/types.ts';
import type { Leg } from '../src/phone/state.ts';
import { NOTHING, work, type Work, type WorkEvent } from '../src/views/desk/work.ts';

const turn = (id: string, text = id): Turn => ({ id, speaker: 'caller', text, startMs: 0, endMs: 1 });
const context = (call: string, turns: Turn[] = [turn('t1')]): Context => ({
  call,
  reason: 'low_confidence',
  askedAt: 500,
  caller: { number: '+1', called: '+2' },
  agent: { id: 'a', name: 'A', owner: 'o' },
  turns,
});
const leg = (call: string | null, more: Partial<Leg> = {}): Leg => ({
  id: 's',
  purpose: 'handoff',
  call,
  handoff: null,
  contextPath: null,
  phase: 'ringing',
  since: 0,
  answeredAt: null,
  muted: false,
  held: false,
  ...more,
});
const up = leg('c1', { phase: 'up', answeredAt: 2_000 });

const CONNECTED = { is: 'handoff', call: 'c1', handoff: { state: 'connected' } as Handoff } as const;

const after = (...events: WorkEvent[]): Work => events.reduce((state, event, i) => work(state, event, 1_000 * (i + 1)), NOTHING);

test('an offer shows what was told before it rang', () => {
  const { current } = after({ is: 'context', context: context('c1') }, { is: 'leg', leg: leg('c1') });
  expect(current).toMatchObject({ call: 'c1', askedAt: 500, answeredAt: null, turns: [{ id: 't1' }] });
});

test('a context that comes late reaches the offer that rings', () => {
  const { current } = after({ is: 'leg', leg: leg('c1') }, { is: 'context', context: context('c1') });
  expect(current?.context?.reason).toBe('low_confidence');
});

test('the context of another call changes nothing that is shown', () => {
  const { current } = after({ is: 'leg', leg: leg('c1') }, { is: 'context', context: context('c2') });
  expect(current?.context).toBeNull();
});

test('turns of the call come in live, and one that was proposed is replaced when it is spoken', () => {
  const { current } = after(
    { is: 'context', context: context('c1') },
    { is: 'leg', leg: up },
    { is: 'turn', call: 'c1', turn: turn('t2', 'may I') },
    { is: 'turn', call: 'c9', turn: turn('t3') },
    { is: 'turn', call: 'c1', turn: turn('t2', 'I may') },
  );
  expect(current?.turns.map((one) => one.text)).toEqual(['t1', 'I may']);
});

test('who was rung ahead of time waits until the caller hears them', () => {
  const waiting = after({ is: 'leg', leg: up });
  expect(waiting.current?.connected).toBe(false);
  expect(work(waiting, CONNECTED, 9).current?.connected).toBe(true);
  expect(work(waiting, { is: 'leg', leg: null }, 9)).toMatchObject({ wrap: null, missed: { call: 'c1' } });
});

test('a call that was talked on is wrapped up, also when the next is there before', () => {
  const ended = after({ is: 'leg', leg: up }, CONNECTED, { is: 'leg', leg: null });
  expect(ended).toMatchObject({ current: null, wrap: { call: 'c1', answeredAt: 2_000, endedAt: 3_000 }, missed: null });
  expect(work(ended, { is: 'leg', leg: leg('c2') }, 9)).toMatchObject({ current: { call: 'c2' }, wrap: { call: 'c1' } });
  expect(work(ended, { is: 'wrapped' }, 9).wrap).toBeNull();
});

test('a leg that stands by gives the call to the wrap-up and stays', () => {
  const standing = { ...up, purpose: 'standby' as const };
  expect(after({ is: 'leg', leg: standing }, CONNECTED, { is: 'leg', leg: { ...standing, call: null } })).toMatchObject({
    current: null,
    wrap: { call: 'c1' },
  });
});

test('a call that was only offered is missed, and not wrapped up', () => {
  const { missed, wrap } = after(
    { is: 'context', context: context('c1') },
    { is: 'leg', leg: leg('c1') },
    { is: 'leg', leg: null },
  );
  expect(missed).toEqual({ call: 'c1', from: '+1', at: 3_000 });
  expect(wrap).toBeNull();
});

test('listening in leaves nothing to wrap up', () => {
  expect(after({ is: 'leg', leg: { ...up, purpose: 'supervise' } }, { is: 'leg', leg: null })).toEqual(NOTHING);
});

test('what is read anew takes the place of what may have been missed', () => {
  const call = {
    id: 'c1',
    turns: [turn('t1'), turn('t2')],
    handoffs: [{ t0: 700 }],
    context: context('c1'),
  } as unknown as Call;
  const { current } = after({ is: 'leg', leg: up }, { is: 'read', call });
  expect(current).toMatchObject({ askedAt: 700, context: { call: 'c1' } });
  expect(current?.turns).toHaveLength(2);
});

test('only so many contexts are kept', () => {
  const events = Array.from({ length: 20 }, (_, i): WorkEvent => ({ is: 'context', context: context(`c${i}`) }));
  expect(after(...events).contexts.map((one) => one.call)).toEqual(['c12', 'c13', 'c14', 'c15', 'c16', 'c17', 'c18', 'c19']);
});
