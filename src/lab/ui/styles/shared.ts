/** Styles that several components share; each takes what it needs into its own `styles`. */
import { css } from 'lit';

/** Pixels of margins, paddings and gaps; those of 1 cancel a border. A test holds the page to them. */
export const spacing = [1, 2, 4, 6, 8, 12, 16, 20, 24];

export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
  }
  [hidden] {
    display: none !important;
  }
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h2 {
    font: var(--heading);
  }
  .light {
    color: var(--ink-light);
  }
  .small {
    font: var(--label);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .problem {
    font: var(--label);
    color: var(--error-text);
    overflow-wrap: anywhere;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  progress {
    appearance: none;
    display: block;
    width: 100%;
    height: 4px;
    border: 0;
    background: var(--hairline);
  }
  progress::-webkit-progress-bar {
    background: var(--hairline);
  }
  progress::-webkit-progress-value {
    background: var(--model);
  }
  progress::-moz-progress-bar {
    background: var(--model);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
`;

export const dialogs = css`
  dialog {
    border: 0;
    border-radius: 8px;
    background: var(--raised);
    color: var(--ink);
    box-shadow: var(--shadow);
    font: var(--text);
  }
  dialog::backdrop {
    background: var(--scrim);
  }
`;

export const buttons = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 4px 12px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: transparent;
    color: var(--ink);
    font: inherit;
    white-space: nowrap;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:hover:not(:disabled) {
    background: var(--shade);
  }
  button:disabled {
    color: var(--ink-light);
    border-color: var(--hairline);
    cursor: default;
  }
  button.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:hover:not(:disabled) {
    border-color: var(--accent-strong);
    background: var(--accent-strong);
  }
  button.primary:disabled {
    opacity: 0.5;
  }
  button.quiet {
    min-height: 24px;
    padding: 2px 6px;
    border-color: transparent;
    color: var(--accent);
  }
  button svg {
    flex: none;
  }
`;

export const fields = css`
  input[type='text'],
  select {
    width: 100%;
    min-width: 0;
    height: 28px;
    padding: 2px 8px;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background-color: var(--field);
    color: var(--ink);
    font: inherit;
    font-variant-numeric: tabular-nums;
  }
  select {
    padding-right: 24px;
    text-overflow: ellipsis;
    appearance: none;
    /* One picture: two halves part where the field ends between pixels. */
    background-image: conic-gradient(from -45deg at 50% 100%, var(--ink-light) 90deg, transparent 0);
    background-position: right 8px center;
    background-size: 10px 5px;
    background-repeat: no-repeat;
    cursor: pointer;
  }
  input[type='text']:disabled,
  select:disabled {
    border-color: var(--hairline);
    background-color: transparent;
    color: var(--ink-light);
    opacity: 1;
    cursor: default;
  }
  input[aria-invalid='true'],
  select[aria-invalid='true'] {
    border-color: var(--error);
    box-shadow: inset 0 0 0 1px var(--error);
  }
  input[type='range'] {
    width: 100%;
    min-width: 0;
    margin: 0;
    accent-color: var(--accent);
    cursor: pointer;
  }
  input[type='checkbox'] {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  label,
  .label {
    font: var(--label);
    color: var(--ink-light);
  }
  .row {
    display: grid;
    grid-template-columns: 104px 1fr;
    align-items: center;
    gap: 8px;
    min-height: 32px;
  }
`;
