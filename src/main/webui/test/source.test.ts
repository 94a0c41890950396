import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(ROOT, 'src', file), 'utf8') }));

/** Ways by which a text could become markup or code. */
const MARKUP =
  /unsafeHTML|unsafeSVG|unsafeMathML|unsafeStatic|innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|\beval\(|new Function/;

test('text is only ever rendered as text', () => {
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter(({ text }) => MARKUP.test(text)).map(({ file }) => file)).toEqual([]);
});

test('nothing needs an inline style or script, which the page does not allow', () => {
  const page = readFileSync(join(ROOT, 'index.html'), 'utf8');
  expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=/);
  expect(sources.filter(({ text }) => /\sstyle=|styleMap|<style/.test(text)).map(({ file }) => file)).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
});

test('every dependency is pinned', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, object>;
  const versions = Object.values({ ...manifest['dependencies'], ...manifest['devDependencies'] }) as string[];
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
