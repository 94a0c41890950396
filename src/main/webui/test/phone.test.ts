import { describe, expect, test } from 'vitest';
import { contextPath, SILENT, step, type PhoneEffect, type PhoneEvent, type PhoneSettings, type PhoneState } from '../src/phone/state.ts';

const SETTINGS: PhoneSettings = { autoAnswer: false, lastCall: null };

function after(events: PhoneEvent[], settings = SETTINGS): { state: PhoneState; effects: PhoneEffect[] } {
  return events.reduce<{ state: PhoneState; effects: PhoneEffect[] }>(
    ({ state }, event, i) => step(state, event, settings, 1_000 * (i + 1)),
    { state: SILENT, effects: [] },
  );
}

const invited = (id = 's1', headers: Record<string, string> = {}): PhoneEvent => ({
  is: 'invited',
  invite: { id, headers: { 'x-segue-call': 'c1', 'x-segue-handoff': 'c1-1', ...headers } },
});

describe('an offer', () => {
  test('rings until somebody decides', () => {
    const { state, effects } = after([{ is: 'registered' }, invited()]);
    expect(state.leg).toMatchObject({ call: 'c1', handoff: 'c1-1', phase: 'ringing', since: 2_000 });
    expect(effects).toEqual([{ do: 'ring' }]);
  });

  test('is silent once it is taken, and up when the gateway has heard of it', () => {
    const taken = after([invited(), { is: 'accepted', id: 's1' }]);
    expect(taken.effects).toEqual([{ do: 'hush' }]);
    expect(taken.state.leg?.phase).toBe('answering');
    expect(step(taken.state, { is: 'up', id: 's1' }, SETTINGS, 9).state.leg).toMatchObject({
      phase: 'up',
      answeredAt: 9,
    });
  });

  test('that the gateway takes back leaves nothing', () => {
    const { state, effects } = after([{ is: 'registered' }, invited(), { is: 'over', id: 's1' }]);
    expect(state).toEqual({ registration: 'registered', why: '', leg: null });
    expect(effects).toEqual([{ do: 'hush' }]);
  });

  test('is taken by itself with a tone where that is wanted', () => {
    const { state, effects } = after([invited()], { ...SETTINGS, autoAnswer: true });
    expect(state.leg?.phase).toBe('answering');
    expect(effects).toEqual([{ do: 'announce' }, { do: 'answer', id: 's1' }]);
  });

  test('is refused as busy while another call is there', () => {
    const { state, effects } = after([invited(), { is: 'up', id: 's1' }, invited('s2', { 'x-segue-call': 'c2' })]);
    expect(effects).toEqual([{ do: 'refuse', id: 's2', status: 486 }]);
    expect(state.leg?.id).toBe('s1');
  });
});

describe('a call that comes back', () => {
  test('to a page that was reloaded is taken at once and without a tone', () => {
    expect(after([invited()], { ...SETTINGS, lastCall: 'c1' }).effects).toEqual([{ do: 'answer', id: 's1' }]);
  });

  test('is taken at once where the gateway says that it is one', () => {
    expect(after([invited('s1', { 'x-segue-resumed': '1' })]).effects).toEqual([{ do: 'answer', id: 's1' }]);
  });

  test('over a new leg takes the place of the old one, whose end then means nothing', () => {
    const { state } = after([invited(), { is: 'up', id: 's1' }, invited('s2'), { is: 'up', id: 's2' }, { is: 'over', id: 's1' }]);
    expect(state.leg).toMatchObject({ id: 's2', call: 'c1', phase: 'up' });
  });

  test('goes on while the connection for signalling is away', () => {
    const { state } = after([{ is: 'registered' }, invited(), { is: 'up', id: 's1' }, { is: 'lost' }, { is: 'registered' }]);
    expect(state).toMatchObject({ registration: 'registered', leg: { id: 's1', phase: 'up' } });
  });
});

describe('a leg that stands by', () => {
  const standing: PhoneEvent[] = [
    { is: 'invited', invite: { id: 's1', headers: { 'x-segue-standby': '1' } } },
    { is: 'up', id: 's1' },
  ];
  const informed: PhoneEvent = {
    is: 'informed',
    id: 's1',
    type: 'application/x-segue-handoff',
    body: 'call=c7\r\nhandoff=c7-1\r\n',
  };

  test('is taken without a word, and has no call', () => {
    const { state } = after(standing);
    expect(state.leg).toMatchObject({ purpose: 'standby', call: null, phase: 'up', answeredAt: null });
    expect(after(standing.slice(0, 1)).effects).toEqual([{ do: 'answer', id: 's1' }]);
  });

  test('announces the caller by a tone', () => {
    const { state, effects } = after([...standing, informed]);
    expect(state.leg).toMatchObject({ call: 'c7', handoff: 'c7-1', answeredAt: 3_000 });
    expect(effects).toEqual([{ do: 'announce' }]);
  });

  test('stays up when the call is over, and takes the next', () => {
    const { state } = after([...standing, informed, { is: 'released', call: 'c7' }]);
    expect(state.leg).toMatchObject({ call: null, phase: 'up' });
    expect(step(state, { ...informed, body: 'call=c8\r\nhandoff=c8-1\r\n' }, SETTINGS, 9).state.leg?.call).toBe('c8');
  });

  test('does not mind the end of another call', () => {
    expect(after([...standing, informed, { is: 'released', call: 'c6' }]).state.leg?.call).toBe('c7');
  });

  test('takes no word from other contents', () => {
    expect(after([...standing, { ...informed, type: 'text/plain' }]).state.leg?.call).toBeNull();
  });
});

test('a supervisor’s leg is taken at once: they have just asked for it', () => {
  const { state, effects } = after([invited('s1', { 'x-segue-supervise': 'listen' })]);
  expect(state.leg?.purpose).toBe('supervise');
  expect(effects).toEqual([{ do: 'answer', id: 's1' }]);
});

test('the context is asked of this gateway, whatever host the link names', () => {
  expect(contextPath('<https://other.example/api/v1/calls/abc/context?handoff=1&signature=x>; purpose=info')).toBe(
    '/api/v1/calls/abc/context?handoff=1&signature=x',
  );
  expect(contextPath('<https://other.example/elsewhere>')).toBeNull();
  expect(contextPath(null)).toBeNull();
});
