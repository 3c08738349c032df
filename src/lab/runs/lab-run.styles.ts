/** One run of the list. */
import { css } from 'lit';
import { base, buttons, fields } from '../ui/styles/shared.ts';

export const runStyles = [
  base,
  buttons,
  fields,
  css`
    :host {
      border-top: 1px solid var(--hairline);
    }
    .row {
      display: grid;
      grid-template-columns: 32px minmax(0, 1fr) 32px;
      gap: 0 8px;
      padding: 6px 0;
    }
    .line {
      display: flex;
      grid-column: 2;
      gap: 8px;
    }
    .name,
    .facts {
      flex: 1;
      min-width: 0;
      overflow: hidden;
    }
    .facts {
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    /* Names differ at their ends: two lines before anything is cut off. */
    .name {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow-wrap: anywhere;
    }
    button.name {
      min-height: 0;
      padding: 0;
      border: 0;
      text-align: left;
      white-space: normal;
    }
    button.name:hover:not(:disabled) {
      background: none;
      text-decoration: underline;
    }
    :host([current]) .name {
      font-weight: 600;
    }
    .score,
    .of {
      white-space: nowrap;
    }
    .row > button {
      grid-row: 1 / 3;
      align-self: center;
      width: 32px;
      padding: 0;
      border-color: transparent;
    }
    .row > .more {
      grid-column: 3;
      color: var(--ink-light);
    }
    .row > .swatch {
      grid-column: 1;
    }
    .swatch svg {
      stroke: var(--border);
    }
    .swatch[aria-pressed='true'] {
      background: var(--shade);
    }
    .diverged,
    .failed {
      color: var(--error-text);
    }
    .note {
      grid-column: 2;
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-direction: column;
      gap: 8px;
      padding: 4px 0 12px 40px;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 8px;
      margin-left: -6px;
    }
    textarea {
      width: 100%;
      min-height: 48px;
      padding: 4px 8px;
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--field);
      color: var(--ink);
      font: var(--label);
      resize: vertical;
    }
    .seeds {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 16px;
      font: var(--label);
      font-variant-numeric: tabular-nums;
    }
  `,
];
