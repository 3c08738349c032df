/** Layout of the search for the best model. */
import { css } from 'lit';

export const bestModelStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    min-height: 0;
    overflow-y: auto;
    scrollbar-width: thin;
  }
  :host([hidden]) {
    display: none;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 12px;
    overflow-wrap: anywhere;
  }
  .headline {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 12px;
  }
  .display {
    font: var(--display);
    letter-spacing: -0.02em;
    min-width: 152px;
  }
  .held-out {
    color: var(--validation-text);
  }
  .verdict {
    max-width: 80ch;
  }
  .verdict > * + * {
    margin-top: 4px;
  }
  .standing {
    min-height: 68px;
  }
  table {
    width: min(100%, 440px);
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 4px 0;
    text-align: right;
    font-weight: 400;
  }
  thead th {
    font: var(--label);
    color: var(--ink-light);
    border-bottom: 1px solid var(--hairline);
  }
  thead th.own {
    color: var(--validation-text);
  }
  tbody th {
    color: var(--ink-light);
    text-align: left;
  }
  .charts {
    display: grid;
    flex: 1 0 280px;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    min-height: 280px;
  }
  .charts.two {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
  .charts > * {
    min-height: 280px;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  summary {
    font: var(--label);
    line-height: 24px;
    color: var(--accent);
    cursor: pointer;
  }
  pre {
    margin: 4px 0;
    padding: 8px 12px;
    overflow-x: auto;
    background: var(--shade);
    border-radius: var(--radius);
    font-size: 12px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  details .quiet {
    padding-left: 0;
  }
  @media (max-width: 899px) {
    :host {
      flex: none;
      overflow: visible;
    }
    .charts.two {
      grid-template-columns: minmax(0, 1fr);
    }
    .charts {
      flex: none;
    }
    .charts > * {
      height: 320px;
    }
  }
`;
