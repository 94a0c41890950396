import type { Context, Turn } from '../../api/types.ts';

/** What waits for a person: a turn that an agent proposes, or an action past one of its boundaries (docs/signoff.md). */
export interface Question {
  id: string;
  kind: 'approval' | 'signoff';
  call: string;
  agent: string;
  state: string;
  askedAt: number;
  deadlineAt: number;
  turn?: Turn;
  action?: Action;
  boundary?: { action: string; above?: number; currency?: string };
  decision?: { outcome: string; by: string; role: string; at: number };
  evidence?: Partial<Context> & { turnsLeftOut?: number };
}

export interface Action {
  id: string;
  type: string;
  amount?: number;
  currency?: string;
  summary?: string;
  payload?: Record<string, unknown>;
}

/** A turn that is worth a label (docs/review.md). */
export interface Offer {
  call: string;
  agent?: string;
  turn: Turn;
  turns: Turn[];
  slice?: 'risk' | 'random' | 'second';
  score?: number;
  leaseUntil?: number;
}

/** What the reviewer has before them. */
export type Item = { is: 'question'; question: Question } | { is: 'turn'; offer: Offer };

export type Way = 'approved' | 'edited' | 'rejected';
export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a reviewer has put in beside the way. */
export interface Draft {
  /** An edit: the better words, the intent that was meant, or a payload as JSON. */
  text: string;
  amount: string;
  severity: Severity | null;
  reason: string;
}

export interface Order {
  method: 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown>;
}

/** The nearest deadline first; what is decided or too late is not asked any more. */
export function waiting(questions: readonly Question[], now: number): Question[] {
  return questions
    .filter((question) => question.state === 'pending' && question.deadlineAt > now)
    .sort((one, other) => one.deadlineAt - other.deadlineAt || one.id.localeCompare(other.id));
}

/** With an event about one: in its place, added, or gone. The evidence that was read stays. */
export function heard(questions: readonly Question[], told: Question): Question[] {
  const before = questions.find((question) => question.id === told.id);
  const others = questions.filter((question) => question.id !== told.id);
  return told.state === 'pending' ? [...others, { ...before, ...told }] : others;
}

export function keyOf(item: Item): string {
  return item.is === 'question' ? item.question.id : `${item.offer.call}/${item.offer.turn.id}`;
}

export function callOf(item: Item): string {
  return item.is === 'question' ? item.question.call : item.offer.call;
}

/** What an edit begins with. */
export function beginning(item: Item): Draft {
  const none = { amount: '', severity: null, reason: '' };
  if (item.is === 'turn') {
    const { turn } = item.offer;
    return { ...none, text: (turn.speaker === 'caller' ? turn.intent : turn.text) ?? '' };
  }
  const { turn, action } = item.question;
  return {
    ...none,
    text: action === undefined ? (turn?.text ?? '') : JSON.stringify(action.payload ?? {}, null, 2),
    amount: action?.amount === undefined ? '' : String(action.amount),
  };
}

/** What is sent, or why nothing can be: a sentence. */
export function order(item: Item, way: Way, draft: Draft, segment: (text: string) => string): Order | string {
  const reason = draft.reason.trim();
  if (item.is === 'turn') {
    const { call, turn } = item.offer;
    const text = draft.text.trim();
    if (way === 'edited' && text === '') {
      return 'An edit needs words.';
    }
    if (way === 'edited' && text === beginning(item).text.trim()) {
      return 'Nothing was changed: approve it instead.';
    }
    return {
      method: 'PUT',
      path: `/calls/${segment(call)}/turns/${segment(turn.id)}/label`,
      body: {
        label: way,
        ...(way === 'edited' ? { text } : {}),
        ...(reason === '' ? {} : { reason }),
        ...(way === 'approved' || draft.severity === null ? {} : { severity: draft.severity }),
      },
    };
  }
  const { question } = item;
  const note = [way === 'approved' || draft.severity === null ? '' : draft.severity, reason].filter(Boolean).join(': ');
  const said = note === '' ? {} : { note };
  const path = `/${question.kind === 'signoff' ? 'signoffs' : 'approvals'}/${segment(question.id)}`;
  if (way !== 'edited') {
    return { method: 'POST', path, body: { decision: way, ...said } };
  }
  const change = question.action === undefined ? words(question, draft) : action(question.action, draft);
  return typeof change === 'string' ? change : { method: 'POST', path, body: { decision: way, ...change, ...said } };
}

function words(question: Question, draft: Draft): Record<string, unknown> | string {
  const text = draft.text.trim();
  if (text === '') {
    return 'An edit needs words.';
  }
  return text === question.turn?.text.trim() ? 'Nothing was changed: approve it instead.' : { text };
}

function action(asked: Action, draft: Draft): Record<string, unknown> | string {
  let payload: unknown;
  try {
    payload = JSON.parse(draft.text);
  } catch {
    return 'The payload is no JSON.';
  }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    return 'The payload has to be a JSON object.';
  }
  const amount = draft.amount.trim() === '' ? undefined : Number(draft.amount);
  if (amount !== undefined && !(Number.isFinite(amount) && amount >= 0)) {
    return 'The amount has to be a number, 0 or more.';
  }
  const other = JSON.stringify(payload) !== JSON.stringify(asked.payload ?? {});
  if (!other && amount === asked.amount) {
    return 'Nothing was changed: approve it instead.';
  }
  return {
    ...(other ? { payload } : {}),
    ...(amount === undefined || (amount === asked.amount && other)
      ? {}
      : { amount, ...(asked.currency === undefined ? {} : { currency: asked.currency }) }),
  };
}

/** Whether a turn can be labelled at all: an agent's, or a caller's into which an intent was read. */
export function labelled(turn: Turn): boolean {
  return turn.speaker === 'agent' || (turn.speaker === 'caller' && turn.intent !== undefined);
}
