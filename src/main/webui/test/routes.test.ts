import { expect, test } from 'vitest';
import { parse, visible, VIEWS } from '../src/routes.ts';

test('a place in the page has a view and what is the view’s own', () => {
  expect(parse('#/wall/calls/7')).toEqual(['wall', 'calls/7']);
  expect(parse('#/desk')).toEqual(['desk', '']);
  expect(parse('')).toEqual(['', '']);
});

test('who cannot be rung has no desk', () => {
  expect(visible(VIEWS, 'human', true).map((view) => view.path)).toContain('desk');
  expect(visible(VIEWS, 'admin', false).map((view) => view.path)).not.toContain('desk');
});

test('no two views share a place or a key', () => {
  for (const of of [(v: (typeof VIEWS)[number]) => v.path, (v: (typeof VIEWS)[number]) => v.key]) {
    expect(new Set(VIEWS.map(of)).size).toBe(VIEWS.length);
  }
});
