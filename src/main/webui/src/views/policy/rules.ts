/** A policy's rules as a form: every condition of docs/policies.md, to and from the JSON of the REST interface. */

export type Json = Record<string, unknown>;

/** One line of the form. A condition object with several fields is several lines that hold all together. */
export type Condition =
  | { kind: 'all' | 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'intent' | 'phrases' | 'language'; list: string[] }
  | { kind: 'confidenceBelow' | 'confidenceAtLeast' | 'sentimentBelow' | 'lowTurns' | 'turns'; value: number }
  | { kind: 'sentimentSlopeBelow'; slope: number; turns: number }
  | { kind: 'repeats'; of: 'intent' | 'text'; times: number }
  | { kind: 'hours'; days: string[]; from: string; to: string; zone: string }
  | { kind: 'speaker'; speaker: 'caller' | 'agent' }
  | { kind: 'entity'; name: string; equals: string | number | boolean | null }
  /** What this console does not know: kept as it stands. */
  | { kind: 'other'; json: Json };

export type Kind = Condition['kind'];

export interface Rule {
  id: string;
  when: Condition;
  do: 'handoff' | 'prewarm' | 'carry';
  reason: string;
  queue: string;
  skills: string[];
  priority: number | null;
  enabled: boolean;
  /** Fields that this console does not know, kept as they stand. */
  more: Json;
  moreThen: Json;
}

export const LABELS: Record<Exclude<Kind, 'other'>, string> = {
  all: 'all of these hold',
  any: 'one of these holds',
  not: 'this does not hold',
  intent: 'the intent is one of',
  confidenceBelow: 'confidence is below',
  confidenceAtLeast: 'confidence is at least',
  sentimentBelow: 'the mood is below',
  sentimentSlopeBelow: 'the mood sinks, per turn below',
  repeats: 'the caller repeats themselves',
  phrases: 'the caller says one of',
  language: 'the language is one of',
  hours: 'it is within these hours',
  lowTurns: 'turns below the threshold in a row',
  turns: 'turns with the agent, or more',
  speaker: 'it was said by',
  entity: 'the turn has the entity',
};

export const KINDS = Object.keys(LABELS) as Exclude<Kind, 'other'>[];
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const REASONS = ['', 'low_confidence', 'negative_sentiment', 'phrase', 'caller_request'];

/** What a new line begins with. */
export function fresh(kind: Kind): Condition {
  switch (kind) {
    case 'all':
    case 'any':
      return { kind, of: [fresh('intent')] };
    case 'not':
      return { kind, of: fresh('intent') };
    case 'intent':
    case 'phrases':
    case 'language':
      return { kind, list: [] };
    case 'confidenceBelow':
      return { kind, value: 0.6 };
    case 'confidenceAtLeast':
      return { kind, value: 0.9 };
    case 'sentimentBelow':
      return { kind, value: -0.3 };
    case 'lowTurns':
      return { kind, value: 2 };
    case 'turns':
      return { kind, value: 40 };
    case 'sentimentSlopeBelow':
      return { kind, slope: -0.15, turns: 4 };
    case 'repeats':
      return { kind, of: 'intent', times: 3 };
    case 'hours':
      return { kind, days: [], from: '08:00', to: '20:00', zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    case 'speaker':
      return { kind, speaker: 'caller' };
    case 'entity':
      return { kind, name: '', equals: null };
    case 'other':
      return { kind, json: {} };
  }
}

/** A condition as the interface has it. Several fields in one object are `all` of them. */
export function read(json: unknown): Condition {
  const object = (json ?? {}) as Json;
  const parts = Object.entries(object).map(([field, value]) => one(field, value));
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts };
}

function one(field: string, value: unknown): Condition {
  const object = (typeof value === 'object' && value !== null ? value : {}) as Json;
  switch (field) {
    case 'all':
    case 'any':
      return Array.isArray(value) ? { kind: field, of: value.map(read) } : other(field, value);
    case 'not':
      return { kind: 'not', of: read(value) };
    case 'intent':
    case 'phrases':
    case 'language':
      return Array.isArray(value) ? { kind: field, list: value.map(String) } : other(field, value);
    case 'confidenceBelow':
    case 'confidenceAtLeast':
    case 'sentimentBelow':
    case 'lowTurns':
    case 'turns':
      return typeof value === 'number' ? { kind: field, value } : other(field, value);
    case 'sentimentSlopeBelow':
      return { kind: field, slope: Number(object['slope']), turns: Number(object['turns'] ?? 4) };
    case 'repeats':
      return { kind: field, of: object['of'] === 'text' ? 'text' : 'intent', times: Number(object['times'] ?? 3) };
    case 'hours':
      return {
        kind: field,
        days: Array.isArray(object['days']) ? object['days'].map(String) : [],
        from: String(object['from'] ?? '00:00'),
        to: String(object['to'] ?? '24:00'),
        zone: String(object['zone'] ?? ''),
      };
    case 'speaker':
      return value === 'caller' || value === 'agent' ? { kind: field, speaker: value } : other(field, value);
    case 'entity': {
      const equals = object['equals'];
      return {
        kind: field,
        name: String(object['name'] ?? ''),
        equals: ['string', 'number', 'boolean'].includes(typeof equals) ? (equals as string | number | boolean) : null,
      };
    }
    default:
      return other(field, value);
  }
}

function other(field: string, value: unknown): Condition {
  return { kind: 'other', json: { [field]: value } };
}

/** A condition for the interface. */
export function write(condition: Condition): Json {
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? {} : { all: condition.of.map(write) };
    case 'any':
      return { any: condition.of.map(write) };
    case 'not':
      return { not: write(condition.of) };
    case 'intent':
    case 'phrases':
    case 'language':
      return { [condition.kind]: condition.list };
    case 'confidenceBelow':
    case 'confidenceAtLeast':
    case 'sentimentBelow':
    case 'lowTurns':
    case 'turns':
      return { [condition.kind]: condition.value };
    case 'sentimentSlopeBelow':
      return { sentimentSlopeBelow: { slope: condition.slope, turns: condition.turns } };
    case 'repeats':
      return { repeats: { of: condition.of, times: condition.times } };
    case 'hours':
      return {
        hours: {
          ...(condition.days.length === 0 ? {} : { days: condition.days }),
          from: condition.from,
          to: condition.to,
          zone: condition.zone,
        },
      };
    case 'speaker':
      return { speaker: condition.speaker };
    case 'entity':
      return {
        entity: { name: condition.name, ...(condition.equals === null ? {} : { equals: condition.equals }) },
      };
    case 'other':
      return condition.json;
  }
}

export function readRule(json: Json): Rule {
  const { id, when, then, enabled, ...more } = json;
  const { do: what, reason, queue, skills, priority, ...moreThen } = (then ?? {}) as Json;
  return {
    id: String(id ?? ''),
    when: read(when),
    do: what === 'prewarm' || what === 'carry' ? what : 'handoff',
    reason: String(reason ?? ''),
    queue: String(queue ?? ''),
    skills: Array.isArray(skills) ? skills.map(String) : [],
    priority: typeof priority === 'number' ? priority : null,
    enabled: enabled !== false,
    more,
    moreThen,
  };
}

/** What `carry` has no use for is left out. */
export function writeRule(rule: Rule): Json {
  const whom =
    rule.do === 'carry'
      ? {}
      : {
          ...(rule.reason === '' ? {} : { reason: rule.reason }),
          ...(rule.queue === '' ? {} : { queue: rule.queue }),
          ...(rule.skills.length === 0 ? {} : { skills: rule.skills }),
          ...(rule.priority === null ? {} : { priority: rule.priority }),
        };
  return {
    id: rule.id,
    when: write(rule.when),
    then: { do: rule.do, ...whom, ...rule.moreThen },
    ...(rule.enabled ? {} : { enabled: false }),
    ...rule.more,
  };
}

/** An entity's value as somebody types it: `true` and `7` are what JSON says they are, `"7"` is a text. */
export function typed(text: string): string | number | boolean | null {
  const trimmed = text.trim();
  if (trimmed === '') {
    return null;
  }
  try {
    const value: unknown = JSON.parse(trimmed);
    return ['string', 'number', 'boolean'].includes(typeof value) ? (value as string | number | boolean) : trimmed;
  } catch {
    return trimmed;
  }
}

/** The other way round. */
export function shown(value: string | number | boolean | null): string {
  if (value === null) {
    return '';
  }
  return typeof value === 'string' && typed(value) === value ? value : JSON.stringify(value);
}

/** `a, b` is two. */
export function listed(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** In words, for a rule that is folded. */
export function say(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return condition.of.length === 0 ? 'always' : condition.of.map(inner).join(' and ');
    case 'any':
      return condition.of.length === 0 ? 'never' : condition.of.map(inner).join(' or ');
    case 'not':
      return `not (${say(condition.of)})`;
    case 'intent':
    case 'phrases':
    case 'language':
      return `${LABELS[condition.kind]} ${condition.list.join(', ') || '…'}`;
    case 'lowTurns':
      return `${condition.value} ${LABELS.lowTurns}`;
    case 'turns':
      return `${condition.value} ${LABELS.turns}`;
    case 'confidenceBelow':
    case 'confidenceAtLeast':
    case 'sentimentBelow':
      return `${LABELS[condition.kind]} ${condition.value}`;
    case 'sentimentSlopeBelow':
      return `the mood sinks by more than ${-condition.slope} a turn over ${condition.turns} turns`;
    case 'repeats':
      return `the same ${condition.of === 'text' ? 'words' : 'intent'} ${condition.times} times`;
    case 'hours':
      return `${condition.days.join(', ') || 'every day'} ${condition.from}–${condition.to} ${condition.zone}`;
    case 'speaker':
      return `said by the ${condition.speaker}`;
    case 'entity':
      return condition.equals === null ? `has ${condition.name}` : `${condition.name} is ${String(condition.equals)}`;
    case 'other':
      return JSON.stringify(condition.json);
  }
}

function inner(condition: Condition): string {
  const group = (condition.kind === 'all' || condition.kind === 'any') && condition.of.length > 1;
  return group ? `(${say(condition)})` : say(condition);
}

/** An error of the interface names a field below `policy.rules[n]`: of which rule it is, and what it says. */
export function faults(errors: readonly { field: string; message: string }[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { field, message } of errors) {
    const at = /^policy\.rules\[(\d+)\]\.?(.*)$/.exec(field);
    if (at !== null) {
      const rule = Number(at[1]);
      found.set(rule, [...(found.get(rule) ?? []), `${at[2] === '' ? '' : `${at[2]} `}${message}`]);
    }
  }
  return found;
}
