/** How every view of the centre is laid out: one line of key and readings, then the picture, as large as there is room. */
import { css } from 'lit';

export const viewStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  header {
    display: flex;
    align-items: baseline;
    flex-wrap: wrap;
    gap: 0 16px;
    min-height: 24px;
    font: var(--label);
  }
  .key {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 16px;
    min-width: 0;
  }
  lab-table {
    margin-left: auto;
  }
  .key .mark::before {
    content: '';
    display: inline-block;
    width: 7px;
    height: 7px;
    margin-right: 6px;
    border-radius: 50%;
    background: var(--points);
  }
  .key .validation {
    color: var(--validation-text);
  }
  .key .validation::before {
    background: var(--validation);
  }
  .box {
    position: relative;
    flex: 1;
    min-height: 0;
    margin-top: 8px;
  }
  .box > canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  .empty {
    position: absolute;
    inset: 40% 16px auto;
    text-align: center;
    color: var(--ink-light);
  }
`;

/** Where the page is narrow, the key has a line of its own below what can be set. */
export const keyBelow = css`
  @media (max-width: 899px) {
    header {
      justify-content: space-between;
    }
    .key {
      order: 3;
      flex-basis: 100%;
    }
  }
`;
