/** How long somebody still has. Times are Unix milliseconds. */
export type Urgency = 'calm' | 'soon' | 'now' | 'over';

export interface Left {
  ms: number;
  /** Of all the time there was, 1 to 0. */
  share: number;
  urgency: Urgency;
}

const SOON_SHARE = 0.5;
/** As long as it takes to read a sentence and press a key. */
const NOW_MS = 10_000;

export function left(askedAt: number, deadlineAt: number, now: number): Left {
  const ms = Math.max(0, deadlineAt - now);
  const all = Math.max(1, deadlineAt - askedAt);
  const share = Math.min(1, ms / all);
  return {
    ms,
    share,
    urgency: ms === 0 ? 'over' : ms <= NOW_MS ? 'now' : share <= SOON_SHARE ? 'soon' : 'calm',
  };
}

/** A screen reader is told at these moments alone, not every second; nothing: not now. */
export function announced(before: number, now: number): string {
  const mark = [60_000, 30_000, 10_000, 5_000].find((at) => before > at && now <= at);
  return mark === undefined ? '' : `${mark / 1000} seconds left`;
}

/** A key that was pressed for what stood here a moment ago does not decide what stands here now. */
export const SETTLE_MS = 400;

export function settled(shownAt: number, now: number): boolean {
  return now - shownAt >= SETTLE_MS;
}
