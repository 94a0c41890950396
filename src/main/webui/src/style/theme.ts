import { browser } from '../keep.ts';

/** Light or dark: what was chosen here, else what the system says, also when the system changes its mind. */
export type Theme = 'light' | 'dark';

const KEY = 'segue.theme';

function chosen(): Theme | null {
  const kept = browser.get(KEY);
  return kept === 'light' || kept === 'dark' ? kept : null;
}

export function theme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

function show(next: Theme): void {
  document.documentElement.dataset['theme'] = next;
  document.dispatchEvent(new CustomEvent('segue-theme', { detail: next }));
}

/** Charts draw colours themselves: `document` gets `segue-theme` when they have to draw anew. */
export function switchTheme(): void {
  const next = theme() === 'dark' ? 'light' : 'dark';
  browser.set(KEY, next);
  show(next);
}

export function followSystem(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
    if (chosen() === null) {
      show(event.matches ? 'dark' : 'light');
    }
  });
}
