/** Layout of the dialog of the queue, beside that of sweeps. */
import { css } from 'lit';

/** A command to be typed. */
export const commands = css`
  code {
    display: block;
    margin-top: 4px;
    padding: 8px;
    border-radius: var(--radius);
    background: var(--shade);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
`;

export const watchStyles = css`
  h3 {
    margin: 0;
    font: var(--text);
    font-weight: 600;
  }
  h2:focus {
    outline: none;
  }
  .problems:not(:empty) {
    padding: 8px 24px;
    border-bottom: 1px solid var(--hairline);
  }
  .problems:has(.wrong) {
    background: var(--error-wash);
  }
  .empty code {
    text-align: left;
  }
  .problems code {
    width: fit-content;
  }
  ul {
    margin: 4px -8px 0;
    list-style: none;
  }
  .work {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
    gap: 2px 8px;
    width: 100%;
    padding: 8px;
    border: 0;
    text-align: left;
    white-space: normal;
  }
  .work[aria-current] {
    background: var(--accent-wash);
  }
  .work .name {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .work :is(progress, .facts) {
    grid-column: 1 / -1;
  }
  @media (max-width: 899px) {
    .problems:not(:empty) {
      padding: 8px 16px;
    }
    .panes {
      display: flex;
      flex-direction: column;
    }
    .left {
      display: contents;
    }
    .works {
      padding: 12px 16px;
    }
    lab-queue-state {
      order: 1;
      padding: 0 16px 24px;
      border-top: 1px solid var(--hairline);
    }
    .right {
      flex: none;
    }
    .empty {
      margin: 0;
      text-align: left;
    }
  }
`;

/** Of the work that is shown, a sweep or a fit. */
export const watchedStyles = css`
  :host {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 12px;
    min-height: 0;
  }
  progress {
    margin: 6px 0 4px;
  }
`;
