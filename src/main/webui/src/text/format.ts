/** How numbers and times are said. All pure; times are Unix milliseconds. */

/** A share of 1 as whole percent: `0.714` is `71 %`. Nothing for what is no number. */
export function percent(share: number | null | undefined): string {
  return typeof share === 'number' && Number.isFinite(share) ? `${Math.round(share * 100)} %` : '';
}

export type Sure = 'high' | 'middle' | 'low' | 'unknown';

/** How sure the agent was, against the threshold below which a person takes over. Within 0.1 above it is `middle`. */
export function sure(confidence: number | null | undefined, threshold = 0.85): Sure {
  if (typeof confidence !== 'number' || !Number.isFinite(confidence)) {
    return 'unknown';
  }
  return confidence < threshold ? 'low' : confidence < Math.min(1, threshold + 0.1) ? 'middle' : 'high';
}

/** Sentiment is −1 to 1. */
export function mood(sentiment: number | null | undefined): string {
  if (typeof sentiment !== 'number' || !Number.isFinite(sentiment)) {
    return '';
  }
  if (sentiment <= -0.6) {
    return 'upset';
  }
  if (sentiment <= -0.2) {
    return 'unhappy';
  }
  return sentiment < 0.3 ? 'neutral' : 'pleased';
}

/** `0:07`, `12:03`, `1:02:03`; never negative. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The time of a day, as this machine shows it. */
export function clock(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

/** A day and a time, short. */
export function dayAndClock(at: number, now: number): string {
  const day = new Date(at);
  return day.toDateString() === new Date(now).toDateString()
    ? clock(at)
    : `${day.toLocaleDateString([], { day: 'numeric', month: 'short' })}, ${clock(at)}`;
}

/** `refund_dispute` is `refund dispute`. */
export function words(name: string | null | undefined): string {
  return (name ?? '').replaceAll(/[_.]+/g, ' ').trim();
}

/** The same, as the beginning of a sentence. */
export function sentence(name: string | null | undefined): string {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
