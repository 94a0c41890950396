import { expect, test } from 'vitest';
import { failed, FRESH, opened, pauseMs, PAUSE_MAX_MS, received, refusedId } from '../src/events/resume.ts';

test('goes on after the last event that had an id', () => {
  const state = received(received(FRESH, '5-0'), '');
  expect(failed(failed(state)).lastId).toBe('5-0');
});

test('starts anew where the gateway does not take the id', () => {
  expect(refusedId(received(FRESH, 'x'))).toEqual({ lastId: null, failures: 1 });
});

test('waits longer after each failure, and not longer than ten seconds', () => {
  let state = FRESH;
  const pauses = Array.from({ length: 12 }, () => pauseMs((state = failed(state)), 1));
  expect(pauses.slice(0, 3)).toEqual([250, 500, 1000]);
  expect(pauses.at(-1)).toBe(PAUSE_MAX_MS);
});

test('spreads the consoles of a gateway that comes back', () => {
  const state = failed(failed(FRESH));
  expect(pauseMs(state, 0)).toBeLessThan(pauseMs(state, 0.99));
});

test('waits as long as the gateway asks', () => {
  expect(pauseMs(failed(FRESH), 0, 5)).toBe(5000);
});

test('forgets its failures with a connection that holds', () => {
  expect(opened(failed(failed(FRESH))).failures).toBe(0);
});
