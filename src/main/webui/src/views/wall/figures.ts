/** The figures of docs/insight.md as charts. */
export interface Figure {
  id: string;
  title: string;
  /** What it is made of. */
  n: string;
  kind: 'share' | 'ms' | 'number';
  /** Which way is good. */
  good: 'down' | 'up';
}

export const FIGURES: readonly Figure[] = [
  { id: 'handoffRate', title: 'Handed off', n: 'calls', kind: 'share', good: 'down' },
  { id: 'interventionRate', title: 'A person intervened', n: 'calls', kind: 'share', good: 'down' },
  { id: 'confidence', title: 'Confidence', n: 'turns', kind: 'share', good: 'up' },
  { id: 'editRate', title: 'Turns edited', n: 'labels', kind: 'share', good: 'down' },
  { id: 'waitMs', title: 'Wait for a human, p95', n: 'handoffs', kind: 'ms', good: 'down' },
  { id: 'handoffMs', title: 'Handoff, p95', n: 'handoffs', kind: 'ms', good: 'down' },
  { id: 'survival', title: 'Survived five minutes', n: 'handoffs', kind: 'share', good: 'up' },
  { id: 'reached', title: 'Reached a human', n: 'handoffs', kind: 'share', good: 'up' },
];

/** A row of `GET /insights?by=day`. */
export type Row = { day: string; calls: number } & Record<string, unknown>;

export interface Series {
  /** Unix seconds, UTC midnight: one for each day, those without calls too. */
  x: number[];
  y: (number | null)[];
  n: number[];
  days: string[];
}

const DAY_MS = 86_400_000;

/** A figure over all days from the first to the last: a day on which nothing is known is a gap, not a zero. */
export function series(rows: readonly Row[], figure: Figure, from: number, to: number): Series {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const found: Series = { x: [], y: [], n: [], days: [] };
  for (let at = Math.floor(from / DAY_MS) * DAY_MS; at < to; at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    const part = byDay.get(day)?.[figure.id] as { value?: number | null; p95?: number | null; n?: number } | undefined;
    found.x.push(at / 1000);
    found.y.push((figure.kind === 'ms' ? part?.p95 : part?.value) ?? null);
    found.n.push(part?.n ?? 0);
    found.days.push(day);
  }
  return found;
}

export function said(value: number | null | undefined, kind: Figure['kind']): string {
  if (value === null || value === undefined) {
    return '–';
  }
  if (kind === 'share') {
    return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
  }
  if (kind === 'ms') {
    return value >= 10_000 ? `${Math.round(value / 1000)} s` : value >= 1_000 ? `${(value / 1000).toFixed(1)} s` : `${Math.round(value)} ms`;
  }
  return value.toFixed(2);
}

/** The end of a day, as `to` wants it. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
}
