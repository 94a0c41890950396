import { browser } from '../keep.ts';
import { meant, type Binding } from './keymap.ts';

export type { Binding } from './keymap.ts';

export interface Group {
  title: string;
  bindings: readonly Binding[];
}

const KEY = 'segue.characterKeys';

/** All shortcuts of the page: the shell's, and those of the view that is shown. */
class Shortcuts {
  private groups: Group[] = [];
  private on = browser.get(KEY) !== 'off';

  constructor() {
    window.addEventListener('keydown', (event) => this.pressed(event));
  }

  /** Binds a group until what is given back is called; call it in `connectedCallback`, undo it in `disconnectedCallback`. */
  bind(title: string, bindings: readonly Binding[]): () => void {
    const group = { title, bindings };
    this.groups = [...this.groups, group];
    return () => {
      this.groups = this.groups.filter((other) => other !== group);
    };
  }

  /** For the list. */
  all(): readonly Group[] {
    return this.groups;
  }

  get characters(): boolean {
    return this.on;
  }

  set characters(on: boolean) {
    this.on = on;
    browser.set(KEY, on ? 'on' : 'off');
  }

  private pressed(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) {
      return;
    }
    const target = event.composedPath()[0];
    const binding = meant(
      this.groups.flatMap((group) => group.bindings),
      event,
      target instanceof HTMLElement && takesText(target),
      this.on,
    );
    // Behind a dialog nothing is meant but what the dialog itself binds with inFields.
    if (binding && !(dialogOpen() && binding.inFields !== true)) {
      event.preventDefault();
      binding.run();
    }
  }
}

function takesText(element: HTMLElement): boolean {
  return (
    element.isContentEditable ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(element.type))
  );
}

let open = 0;

/** A modal dialog says when it opens (`1`) and closes (`-1`). */
export function dialogs(change: 1 | -1): void {
  open += change;
}

function dialogOpen(): boolean {
  return open > 0;
}

export const shortcuts = new Shortcuts();
