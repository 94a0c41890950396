import { sentence } from './format.ts';

/** Why a human is wanted, as a headline. The closed set is the gateway's `handoff.Reason`; an unknown one is shown as it stands. */
const REASONS: Record<string, string> = {
  low_confidence: 'The agent was not sure',
  negative_sentiment: 'The caller is unhappy',
  phrase: 'The caller asked for a person',
  dtmf: 'The caller pressed a key for a person',
  caller_silence: 'The caller has gone silent',
  agent_silence: 'The agent has gone silent',
  caller_request: 'The caller asked for a person',
  agent_request: 'The agent asked for a person',
  operator_request: 'Passed on by a colleague',
  agent_refused: 'The agent did not take the call',
  agent_late: 'The agent did not take the call',
  agent_closed: 'The agent dropped out',
  agent_silent: 'The agent has gone silent',
  agent_slow: 'The agent cannot keep up',
  agent_misbehaved: 'The agent misbehaved',
  policy_rule: 'A rule of the policy',
  approval_expired: 'Nobody approved what the agent wanted to say',
  approval_violated: 'The agent spoke without approval',
  signoff_violated: 'The agent acted without sign-off',
};

export function reason(wire: string | null | undefined): string {
  const name = wire ?? '';
  return REASONS[name] ?? (name === '' ? 'A caller' : sentence(name));
}
