import { expect, test } from 'vitest';
import { mood, percent, sentence, span, sure, words } from '../src/text/format.ts';
import { reason } from '../src/text/reasons.ts';

test('shows confidence as whole percent, and nothing where there is none', () => {
  expect(percent(0.714)).toBe('71 %');
  expect(percent(0)).toBe('0 %');
  expect(percent(undefined)).toBe('');
  expect(percent(Number.NaN)).toBe('');
});

test('calls confidence low below the threshold and not at it', () => {
  expect(sure(0.849)).toBe('low');
  expect(sure(0.85)).toBe('middle');
  expect(sure(0.95)).toBe('high');
  expect(sure(0.99, 0.95)).toBe('middle');
  expect(sure(1, 0.95)).toBe('high');
  expect(sure(null)).toBe('unknown');
});

test('has a word for a mood', () => {
  expect([-0.9, -0.3, 0, 0.8, undefined].map(mood)).toEqual(['upset', 'unhappy', 'neutral', 'pleased', '']);
});

test('shows time that runs, and none below zero', () => {
  expect([7_999, 723_000, 3_723_000, -5].map(span)).toEqual(['0:07', '12:03', '1:02:03', '0:00']);
});

test('reads names of the wire as words', () => {
  expect(words('refund_dispute')).toBe('refund dispute');
  expect(sentence('payment.authorize')).toBe('Payment authorize');
});

test('says why a human is wanted, also for a reason it does not know', () => {
  expect(reason('caller_request')).toBe('The caller asked for a person');
  expect(reason('new_reason')).toBe('New reason');
  expect(reason(undefined)).toBe('A caller');
});
