import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../src/style/page.css'), 'utf8');

function tokens(selector: string): Record<string, string> {
  const from = css.indexOf(`${selector} {`);
  const block = css.slice(from, css.indexOf('}', from));
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]])) as Record<
    string,
    string
  >;
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, 1.4.3 and 1.4.11. */
describe.each([
  ['light', ':root'],
  ['dark', ":root[data-theme='dark']"],
])('the %s theme', (_, selector) => {
  const t = tokens(selector);
  const texts: [string, string][] = [
    ...['ink', 'soft', 'accent', 'good', 'warn', 'bad'].flatMap((ink): [string, string][] => [
      [ink, 'card'],
      [ink, 'ground'],
    ]),
    ['ink', 'sunk'],
    ['soft', 'sunk'],
    ['accent-ink', 'accent'],
    ['bad-ink', 'bad'],
    ...['good', 'warn', 'bad', 'accent'].map((ink): [string, string] => [ink, `${ink}-wash`]),
    ['ink', 'accent-wash'],
  ];

  test.each(texts)('has %s readable on %s', (ink, ground) => {
    expect(contrast(t[ink]!, t[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['edge', 'card'],
    ['edge', 'ground'],
    ['focus', 'card'],
    ['focus', 'ground'],
  ])('has %s visible on %s', (line, ground) => {
    expect(contrast(t[line]!, t[ground]!)).toBeGreaterThanOrEqual(3);
  });
});
