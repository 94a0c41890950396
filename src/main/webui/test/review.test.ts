import { expect, test } from 'vitest';
import { announced, left, settled, SETTLE_MS } from '../src/views/review/deadline.ts';
import { beginning, heard, labelled, order, waiting, type Item, type Question } from '../src/views/review/items.ts';
import { cut, inRecording, range, wave } from '../src/views/review/wav.ts';

const approval = (id: string, deadlineAt: number, more: Partial<Question> = {}): Question => ({
  id,
  kind: 'approval',
  call: 'c1',
  agent: 'refunds',
  state: 'pending',
  askedAt: 0,
  deadlineAt,
  turn: { id: 't1', speaker: 'agent', text: 'You get 20 back.', startMs: 0, endMs: 0 },
  ...more,
});
const signoff: Item = {
  is: 'question',
  question: {
    ...approval('c1/s1', 100),
    kind: 'signoff',
    action: { id: 'a9', type: 'payment.authorize', amount: 900, currency: 'USD', payload: { to: 'X' } },
  },
};
const turn = (speaker: string, intent?: string): Item => ({
  is: 'turn',
  offer: {
    call: 'c1',
    turn: { id: 't/9', speaker, text: 'It ships today.', startMs: 0, endMs: 1, ...(intent ? { intent } : {}) },
    turns: [],
  },
});
const encode = encodeURIComponent;

test('the nearest deadline comes first, and what is too late is not asked', () => {
  const all = [approval('b', 30), approval('a', 20), approval('late', 10), approval('done', 50, { state: 'approved' })];
  expect(waiting(all, 10).map((question) => question.id)).toEqual(['a', 'b']);
});

test('an event about a question adds it, keeps the evidence that was read, and takes it away once decided', () => {
  const read = approval('a', 20, { evidence: { summary: 'angry' } });
  expect(heard([read], approval('a', 20))[0]?.evidence?.summary).toBe('angry');
  expect(heard([], approval('a', 20))).toHaveLength(1);
  expect(heard([read], approval('a', 20, { state: 'rejected' }))).toEqual([]);
});

test('approving and rejecting send the decision alone', () => {
  const item: Item = { is: 'question', question: approval('c1/t1', 9) };
  expect(order(item, 'approved', beginning(item), encode)).toEqual({
    method: 'POST',
    path: '/approvals/c1%2Ft1',
    body: { decision: 'approved' },
  });
  expect(order(item, 'rejected', { ...beginning(item), severity: 'high', reason: 'wrong sum' }, encode)).toMatchObject({
    body: { decision: 'rejected', note: 'high: wrong sum' },
  });
});

test('an edit that changes nothing is no edit', () => {
  const item: Item = { is: 'question', question: approval('x', 9) };
  expect(order(item, 'edited', beginning(item), encode)).toMatch(/Nothing was changed/);
  expect(order(signoff, 'edited', beginning(signoff), encode)).toMatch(/Nothing was changed/);
  expect(order(turn('agent'), 'edited', beginning(turn('agent')), encode)).toMatch(/Nothing was changed/);
  expect(order(item, 'edited', { ...beginning(item), text: ' ' }, encode)).toMatch(/needs words/);
});

test('an edited action says what is other than asked, with its currency', () => {
  const begun = beginning(signoff);
  expect(order(signoff, 'edited', { ...begun, amount: '500' }, encode)).toMatchObject({
    path: '/signoffs/c1%2Fs1',
    body: { decision: 'edited', amount: 500, currency: 'USD' },
  });
  expect(order(signoff, 'edited', { ...begun, text: '{"to":"Y"}' }, encode)).toMatchObject({
    body: { decision: 'edited', payload: { to: 'Y' } },
  });
  expect(order(signoff, 'edited', { ...begun, text: '[1]' }, encode)).toMatch(/JSON object/);
  expect(order(signoff, 'edited', { ...begun, text: '{' }, encode)).toMatch(/no JSON/);
  expect(order(signoff, 'edited', { ...begun, amount: '-1' }, encode)).toMatch(/0 or more/);
});

test('a label has a severity where something was wrong, and none where it was right', () => {
  const item = turn('agent');
  const draft = { ...beginning(item), severity: 'low' as const };
  expect(order(item, 'approved', draft, encode)).toEqual({
    method: 'PUT',
    path: '/calls/c1/turns/t%2F9/label',
    body: { label: 'approved' },
  });
  expect(order(item, 'edited', { ...draft, text: 'Tomorrow.' }, encode)).toMatchObject({
    body: { label: 'edited', text: 'Tomorrow.', severity: 'low' },
  });
});

test('of a caller’s turn the intent is edited, not the words', () => {
  expect(beginning(turn('caller', 'refund')).text).toBe('refund');
  expect(labelled({ id: '1', speaker: 'caller', text: '', startMs: 0, endMs: 0 })).toBe(false);
  expect(labelled({ id: '1', speaker: 'human', text: '', intent: 'x', startMs: 0, endMs: 0 })).toBe(false);
});

test('a deadline is calm, soon, now, over', () => {
  expect(left(0, 60_000, 0)).toEqual({ ms: 60_000, share: 1, urgency: 'calm' });
  expect(left(0, 60_000, 30_000).urgency).toBe('soon');
  expect(left(0, 60_000, 49_999).urgency).toBe('soon');
  expect(left(0, 60_000, 50_000).urgency).toBe('now');
  expect(left(0, 60_000, 60_001)).toEqual({ ms: 0, share: 0, urgency: 'over' });
});

test('a screen reader is told at few moments, each once', () => {
  expect(announced(30_100, 30_000)).toBe('30 seconds left');
  expect(announced(30_000, 29_900)).toBe('');
  expect(announced(10_050, 9_990)).toBe('10 seconds left');
});

test('a key for what stood here a moment ago does not decide what stands here now', () => {
  expect(settled(1_000, 1_000 + SETTLE_MS - 1)).toBe(false);
  expect(settled(1_000, 1_000 + SETTLE_MS)).toBe(true);
});

/** Two channels of 16 bits at 8000 Hz, with a chunk that nobody knows before the samples. */
function recording(): ArrayBuffer {
  const bytes = new Uint8Array(12 + 24 + 10 + 8);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string): void => bytes.set([...text].map((c) => c.charCodeAt(0)), at);
  put(0, 'RIFF');
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 8_000, true);
  view.setUint32(28, 32_000, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  put(36, 'LIST');
  view.setUint32(40, 1, true); // odd: padded
  put(46, 'data');
  view.setUint32(50, 320_000, true);
  return bytes.buffer;
}

test('a turn is found in the recording without reading the rest of it', () => {
  const file = wave(recording());
  expect(file).toMatchObject({ start: 54, bytesPerSecond: 32_000, frame: 4 });
  expect(range(file!, 1_000, 2_000)).toEqual({ from: 54 + 32_000, to: 54 + 64_000 - 1 });
  expect(range(file!, -300, 0)).toEqual({ from: 54, to: 57 });
  expect(range(file!, 1.01, 2)).toEqual({ from: 54 + 32, to: 54 + 63 });
});

test('a recording that began after the answer has its turns sooner', () => {
  expect(inRecording(5_000, 1_000_000, 1_000_400)).toBe(4_600);
  expect(inRecording(5_000, 1_000_000, undefined)).toBe(5_000);
});

/** As the gateway writes it: mu-law, `fmt ` of 18 bytes and `fact` before the samples. */
test('a recording of mu-law in two channels is cut by its own rate', () => {
  const bytes = new Uint8Array(58);
  const view = new DataView(bytes.buffer);
  const put = (at: number, text: string): void => bytes.set([...text].map((c) => c.charCodeAt(0)), at);
  put(0, 'RIFF');
  put(8, 'WAVEfmt ');
  view.setUint32(16, 18, true);
  view.setUint16(20, 7, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, 8_000, true);
  view.setUint32(28, 16_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 8, true);
  put(38, 'fact');
  view.setUint32(42, 4, true);
  put(50, 'data');
  const file = wave(bytes.buffer)!;
  expect(file).toMatchObject({ start: 58, bytesPerSecond: 16_000, frame: 2 });
  expect(range(file, 1_000, 1_500)).toEqual({ from: 58 + 16_000, to: 58 + 24_000 - 1 });
  expect(cut(file, new ArrayBuffer(8_000)).size).toBe(12 + 8 + 18 + 8 + 8_000);
});

test('what was cut out is a file of its own', async () => {
  const blob = cut(wave(recording())!, new ArrayBuffer(64));
  const again = wave(await blob.arrayBuffer());
  expect(again).toMatchObject({ bytesPerSecond: 32_000, length: 64 });
  expect(blob.size).toBe(again!.start + 64);
});

test('what is no recording is not cut', () => {
  expect(wave(new ArrayBuffer(0))).toBeNull();
  expect(wave(new TextEncoder().encode('{"no":"wav, but long enough"}').buffer as ArrayBuffer)).toBeNull();
});
