/** Layout of the dialog of sweeps. */
import { css } from 'lit';

/** Above what is drawn of all combinations: what it is, how it is read, and its numbers. */
export const pictureHeader = css`
  header {
    display: flex;
    align-items: baseline;
    flex-wrap: wrap;
    gap: 0 16px;
    margin-bottom: 8px;
  }
  header p {
    flex: 1;
  }
  @media (max-width: 899px) {
    header p {
      flex-basis: 100%;
      order: 1;
    }
    header :is(h2, slot) {
      flex: 1;
    }
  }
`;

export const sweepStyles = css`
  dialog {
    width: min(1320px, calc(100vw - 32px));
    max-width: none;
    height: min(880px, calc(100dvh - 32px));
    max-height: none;
    padding: 0;
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  header {
    display: flex;
    align-items: baseline;
    gap: 16px;
    padding: 16px 24px 12px;
    border-bottom: 1px solid var(--hairline);
  }
  header p {
    flex: 1;
  }
  .panes {
    display: grid;
    grid-template-columns: 340px minmax(0, 1fr);
    flex: 1;
    min-height: 0;
  }
  .left {
    position: relative;
    padding: 12px 20px 20px 24px;
    overflow-y: auto;
    border-right: 1px solid var(--hairline);
    scrollbar-width: thin;
  }
  .right {
    display: flex;
    flex-direction: column;
    gap: 12px;
    min-height: 0;
    padding: 12px 24px 16px;
  }
  .empty {
    max-width: 420px;
    margin: auto;
    text-align: center;
  }
  .empty p + p {
    margin-top: 8px;
  }
  progress {
    margin: 6px 0 4px;
  }
  .standing {
    min-height: 48px;
  }
  .picture {
    flex: 3 1 0;
  }
  lab-leaders {
    flex: 2 1 0;
  }
  .which {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .which label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    cursor: pointer;
  }
  .which input {
    width: 14px;
    height: 14px;
    margin: 0;
    accent-color: var(--accent);
  }
  .chosen {
    min-height: 68px;
    padding-top: 8px;
    border-top: 1px solid var(--hairline);
  }
  .chosen strong {
    font-weight: 600;
  }
  .actions,
  .files {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-top: 8px;
  }
  .files {
    margin-top: 0;
  }
  @media (max-width: 899px) {
    dialog {
      width: 100vw;
      height: 100dvh;
      border-radius: 0;
    }
    header {
      padding: 12px 16px;
    }
    header p {
      display: none;
    }
    header h2 {
      flex: 1;
    }
    .panes {
      position: relative;
      display: block;
      overflow-y: auto;
    }
    .left {
      padding: 12px 16px;
      overflow: visible;
      border: 0;
    }
    .right {
      padding: 12px 16px 24px;
      border-top: 1px solid var(--hairline);
    }
    .picture {
      flex: none;
      height: 360px;
    }
    lab-leaders {
      flex: none;
      max-height: 420px;
    }
  }
`;
