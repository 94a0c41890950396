/** What the REST interface says (docs/api.md). Times are Unix milliseconds unless named otherwise; unknown fields are left alone. */

export type Role = 'human' | 'reviewer' | 'specialist' | 'supervisor' | 'admin';

export interface FieldError {
  field: string;
  message: string;
}

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: FieldError[];
}

export interface Turn {
  id: string;
  speaker: 'caller' | 'agent' | 'human' | string;
  text: string;
  intent?: string;
  confidence?: number;
  sentiment?: number;
  language?: string;
  entities?: Record<string, unknown>;
  /** Since the call began. */
  startMs: number;
  endMs: number;
  proposed?: boolean;
}

export interface Attempt {
  leg: string;
  human?: string;
  sip?: string;
  stage: string;
  why?: string;
  evidence: string;
}

export interface Handoff {
  id: string;
  state: string;
  reason: string;
  detail: string;
  queue?: string;
  human?: string;
  outcome?: string;
  attempts: Attempt[];
  t0?: number;
  t1?: number;
  t2?: number;
  t3?: number;
  t4?: number;
  handoffMs?: number;
  deadAirMs?: number;
  gapMs?: number;
}

export interface Message {
  id: string;
  channel: string;
  direction: 'in' | 'out';
  at: number;
  text: string;
}

/** What the human who takes over is shown. */
export interface Context {
  call: string;
  /** When a human was wanted. */
  askedAt?: number;
  handoff?: string;
  reason?: string;
  detail?: string;
  summary?: string;
  facts?: Record<string, unknown>;
  caller: { number: string; called: string };
  contact?: string;
  messages?: Message[];
  agent: { id: string; name: string; owner: string };
  headers?: Record<string, string>;
  userToUser?: string;
  turns: Turn[];
  /** In the event alone: for whom. */
  human?: string;
}

export type CallState = 'with_agent' | 'waiting' | 'with_human' | 'ending' | 'ended';

export interface Supervision {
  human: string;
  mode: 'listen' | 'whisper' | 'barge';
  state: 'asked' | 'ringing' | 'up' | 'ended';
  by: string;
  outcome?: string;
  detail?: string;
}

export interface Call {
  id: string;
  state: CallState;
  from: string;
  to: string;
  contact?: string;
  identities?: string[];
  agent: string;
  agentVersion: number;
  policy: string;
  trunk: string;
  node: string;
  answeredAt: number;
  endedAt?: number;
  endReason?: string;
  link: string;
  legs: { role: string; human?: string; sipCallId: string; codec?: string; packetMs?: number }[];
  turns: Turn[];
  handoffs: Handoff[];
  supervisor?: Supervision;
  context?: Context;
}

export type PresenceState = 'available' | 'away' | 'reserved' | 'ringing' | 'talking' | 'wrap_up';

export interface Presence {
  human: string;
  state: PresenceState;
  sinceMs?: number;
  handoff?: string;
  unanswered?: number;
}

export interface Human {
  id: string;
  name: string;
  contact?: string;
  queues: string[];
  skills?: string[];
  standby: boolean;
  role: Role;
}

export interface Queue {
  id: string;
  name: string;
  ringSeconds: number;
}

export interface Items<T> {
  items: T[];
}
