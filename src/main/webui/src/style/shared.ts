import { css } from 'lit';

/** What every part and view looks like: buttons, fields, cards, badges. Put it first in `static styles`. */
export const shared = css`
  :host {
    display: block;
    color: var(--ink);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 3px solid var(--focus);
    outline-offset: 2px;
    border-radius: 4px;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: 1.375rem;
    line-height: 1.25;
  }
  h2 {
    font-size: 1.0625rem;
    line-height: 1.3;
  }
  h3,
  h2.mini {
    font-size: 0.8125rem;
    letter-spacing: 0.02em;
    color: var(--soft);
    font-weight: 600;
  }
  a {
    color: var(--accent);
  }
  button,
  .button {
    font: inherit;
    font-weight: 600;
    min-height: 40px;
    padding: 0 14px;
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    background: var(--card);
    color: var(--ink);
    cursor: pointer;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    text-decoration: none;
    white-space: nowrap;
  }
  button:hover:not(:disabled) {
    background: var(--sunk);
  }
  button:disabled {
    color: var(--soft);
    border-color: var(--line);
    cursor: not-allowed;
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--accent-ink);
  }
  button.bad {
    background: var(--bad);
    border-color: var(--bad);
    color: var(--bad-ink);
  }
  button.primary:hover:not(:disabled),
  button.bad:hover:not(:disabled) {
    filter: brightness(1.1);
    background: var(--accent);
  }
  button.bad:hover:not(:disabled) {
    background: var(--bad);
  }
  button.primary:disabled,
  button.bad:disabled {
    background: var(--sunk);
    border-color: var(--line);
    color: var(--soft);
  }
  button.quiet {
    border-color: transparent;
    background: transparent;
  }
  button.quiet:hover:not(:disabled) {
    background: var(--sunk);
  }
  button.big {
    min-height: 52px;
    padding: 0 22px;
    font-size: 1.0625rem;
  }
  button[aria-pressed='true'] {
    background: var(--accent-wash);
    border-color: var(--accent);
    color: var(--ink);
  }
  kbd {
    font: 600 0.75rem/1 var(--font);
    border: 1px solid currentColor;
    border-radius: 4px;
    padding: 3px 5px;
    opacity: 0.85;
  }
  label {
    font-weight: 600;
    font-size: 0.875rem;
  }
  input,
  select,
  textarea {
    font: inherit;
    color: var(--ink);
    background: var(--card);
    border: 1px solid var(--edge);
    border-radius: 6px;
    min-height: 40px;
    padding: 8px 10px;
    width: 100%;
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 20px;
    height: 20px;
    min-height: 0;
    accent-color: var(--accent);
    flex: none;
  }
  textarea {
    resize: vertical;
    min-height: 72px;
  }
  ::placeholder {
    color: var(--soft);
    opacity: 1;
  }
  .card {
    background: var(--card);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    padding: 16px;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--gap);
    flex-wrap: wrap;
  }
  .grow {
    flex: 1 1 auto;
    min-width: 0;
  }
  .stack {
    display: flex;
    flex-direction: column;
    gap: var(--gap);
  }
  .soft {
    color: var(--soft);
  }
  .small {
    font-size: 0.875rem;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--mono);
    font-size: 0.9em;
  }
  /* Text from callers: line breaks stay, a word without end does not widen the page. */
  .said {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 0.8125rem;
    font-weight: 600;
    line-height: 1;
    padding: 5px 8px;
    border-radius: 999px;
    background: var(--sunk);
    color: var(--ink);
    white-space: nowrap;
  }
  .badge.good {
    background: var(--good-wash);
    color: var(--good);
  }
  .badge.warn {
    background: var(--warn-wash);
    color: var(--warn);
  }
  .badge.bad {
    background: var(--bad-wash);
    color: var(--bad);
  }
  .badge.accent {
    background: var(--accent-wash);
    color: var(--accent);
  }
  .problem {
    color: var(--bad);
    font-weight: 600;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: left;
    padding: 8px 10px;
    border-bottom: 1px solid var(--line);
    vertical-align: top;
  }
  th {
    font-size: 0.8125rem;
    color: var(--soft);
  }
`;
