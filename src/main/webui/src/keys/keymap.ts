/** Shortcuts: what is bound, and which one a key press means. */

export interface Binding {
  /** `a`, `Shift+E`, `?`, `Escape`, `Ctrl+Enter`: modifiers first, a letter alone in lower case, with Shift in upper case. */
  keys: string;
  /** What the list of shortcuts says. */
  label: string;
  run: () => void;
  /** Whether it means anything now; always, where left out. */
  when?: () => boolean;
  /** Also while somebody types into a field. */
  inFields?: boolean;
}

interface Press {
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** A press as {@link Binding.keys} writes it. */
export function chord(press: Press): string {
  const letter = press.key.length === 1;
  const upper = letter && press.key !== press.key.toLowerCase();
  const shift = press.shiftKey && (!letter || upper || press.key === ' ');
  const key = press.key === ' ' ? 'Space' : letter && !shift ? press.key.toLowerCase() : press.key;
  return [
    press.ctrlKey ? 'Ctrl+' : '',
    press.altKey ? 'Alt+' : '',
    press.metaKey ? 'Meta+' : '',
    shift ? 'Shift+' : '',
    letter && shift ? key.toUpperCase() : key,
  ].join('');
}

/** A key alone that types: such shortcuts can be switched off (WCAG 2.2, 2.1.4), and never hold while somebody types. */
export function isCharacter(keys: string): boolean {
  return keys.length === 1 || /^Shift\+.$/.test(keys);
}

/**
 * The binding that a press means; the latest bound wins.
 *
 * @param typing whether the focus is in a field that takes text
 * @param characters whether shortcuts of one character are on
 */
export function meant(
  bindings: readonly Binding[],
  press: Press,
  typing: boolean,
  characters: boolean,
): Binding | undefined {
  const keys = chord(press);
  if (isCharacter(keys) && (!characters || typing)) {
    return undefined;
  }
  return bindings.findLast(
    (binding) => binding.keys === keys && (!typing || binding.inFields === true) && (binding.when?.() ?? true),
  );
}
