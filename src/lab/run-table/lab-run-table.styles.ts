/** Layout of the table of runs. */
import { css } from 'lit';

export const runTableStyles = css`
  .tools {
    position: sticky;
    z-index: 3;
    top: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding-bottom: 8px;
    background: var(--raised);
  }
  .tools input[type='text'] {
    flex: 0 1 360px;
  }
  .tools .grouping {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 24px;
    margin-left: auto;
  }
  section {
    margin-top: 12px;
  }
  h3 {
    margin: 0 0 4px;
    font: var(--text);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  h3 span {
    font-weight: 400;
  }
  .scroller {
    position: relative;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  th,
  td {
    padding: 4px 16px 4px 0;
    text-align: left;
    font-weight: 400;
  }
  td:first-child {
    position: sticky;
    z-index: 1;
    left: 0;
    width: 28px;
    padding: 4px 8px 4px 4px;
    background: var(--raised);
  }
  tr > th:nth-child(2) {
    position: sticky;
    z-index: 1;
    left: 28px;
    min-width: 160px;
    max-width: min(360px, 44vw);
    background: var(--raised);
    white-space: normal;
    overflow-wrap: anywhere;
  }
  thead th {
    font: var(--label);
    color: var(--ink-light);
    border-bottom: 1px solid var(--hairline);
    vertical-align: bottom;
  }
  thead button {
    display: inline;
    min-height: 24px;
    padding: 0;
    border: 0;
    color: inherit;
    text-align: inherit;
    white-space: normal;
  }
  thead th.metric,
  thead th.fact,
  .figure {
    text-align: right;
  }
  thead th[aria-sort='ascending'],
  thead th[aria-sort='descending'] {
    color: var(--ink);
  }
  tbody tr {
    cursor: pointer;
  }
  tbody tr:hover > *,
  tbody tr.chosen > * {
    background: color-mix(in oklab, var(--accent) 10%, var(--raised));
  }
  .best {
    font-weight: 600;
  }
  .name {
    display: inline;
    min-height: 24px;
    padding: 0;
    border: 0;
    color: var(--accent);
    text-align: left;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  span.name {
    color: inherit;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-height: 56px;
    padding: 8px 24px;
    border-top: 1px solid var(--hairline);
  }
  footer .reason {
    flex-basis: 100%;
  }
  @media (max-width: 899px) {
    footer {
      padding: 8px 16px;
    }
  }
`;
