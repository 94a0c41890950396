/** What a browser keeps for this page. Storage may be full or switched off: then what is set holds until the page is left. */
class Kept {
  private readonly here = new Map<string, string>();

  constructor(private readonly storage: () => Storage) {}

  get(key: string): string | null {
    try {
      return this.storage().getItem(key) ?? null;
    } catch {
      return this.here.get(key) ?? null;
    }
  }

  /** @param value none: it is forgotten */
  set(key: string, value: string | null): void {
    try {
      if (value === null) {
        this.storage().removeItem(key);
      } else {
        this.storage().setItem(key, value);
      }
    } catch {
      if (value === null) {
        this.here.delete(key);
      } else {
        this.here.set(key, value);
      }
    }
  }
}

/** For this browser. */
export const browser = new Kept(() => window.localStorage);

/** For this tab, over a reload. */
export const tab = new Kept(() => window.sessionStorage);
