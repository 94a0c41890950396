import { expect, test } from 'vitest';
import { chord, meant, type Binding } from '../src/keys/keymap.ts';

const press = (key: string, modifiers = '') => ({
  key,
  ctrlKey: modifiers.includes('c'),
  altKey: modifiers.includes('a'),
  metaKey: modifiers.includes('m'),
  shiftKey: modifiers.includes('s'),
});
const bind = (keys: string, more: Partial<Binding> = {}): Binding => ({ keys, label: keys, run: () => {}, ...more });

test('tells a letter from the same letter with Shift', () => {
  expect(chord(press('e'))).toBe('e');
  expect(chord(press('E', 's'))).toBe('Shift+E');
});

test('takes a letter with Caps Lock as the letter', () => {
  expect(chord(press('A'))).toBe('a');
});

test('does not ask how a keyboard makes a question mark', () => {
  expect(chord(press('?', 's'))).toBe('?');
  expect(chord(press('?'))).toBe('?');
});

test('names the modifiers in one order', () => {
  expect(chord(press('Enter', 'cs'))).toBe('Ctrl+Shift+Enter');
});

test('leaves letters to whoever types', () => {
  expect(meant([bind('a')], press('a'), true, true)).toBeUndefined();
  expect(meant([bind('Ctrl+Enter', { inFields: true })], press('Enter', 'c'), true, true)).toBeDefined();
});

test('has no shortcuts of one character when they are switched off', () => {
  const all = [bind('a'), bind('Shift+E'), bind('Alt+1')];
  expect(meant(all, press('a'), false, false)).toBeUndefined();
  expect(meant(all, press('E', 's'), false, false)).toBeUndefined();
  expect(meant(all, press('1', 'a'), false, false)).toBe(all[2]);
});

test('prefers what was bound last and means something now', () => {
  const all = [bind('a'), bind('a'), bind('a', { when: () => false })];
  expect(meant(all, press('a'), false, true)).toBe(all[1]);
});
