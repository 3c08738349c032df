/** Layout of the page. */
import { css } from 'lit';
import { base, buttons } from '../ui/styles/shared.ts';

export const appStyles = [
  base,
  buttons,
  css`
    .page {
      display: flex;
      height: 100vh;
      height: 100dvh;
    }
    h1 {
      margin: 0;
      font: var(--text);
      font-weight: 600;
    }
    .skip {
      position: fixed;
      z-index: 20;
      top: 8px;
      left: 8px;
      background: var(--raised);
      box-shadow: var(--shadow);
    }
    .skip:not(:focus) {
      clip-path: inset(50%);
      pointer-events: none;
    }
    .side {
      display: flex;
      flex: none;
      flex-direction: column;
      width: clamp(280px, 24vw, 320px);
      min-height: 0;
    }
    .left:has(~ main, ~ .right) {
      border-right: 1px solid var(--hairline);
    }
    main ~ .right {
      border-left: 1px solid var(--hairline);
    }
    .sides .side {
      flex: 1 1 0;
      min-width: 0;
    }
    /* Boxes that scroll contain what is positioned in them: hidden help texts would else lengthen the document. */
    .scroll {
      position: relative;
      flex: 1;
      min-height: 0;
      padding: 16px 20px 24px;
      scroll-padding-bottom: 56px;
      overflow-y: auto;
      scrollbar-width: thin;
    }
    .scroll > * + * {
      margin-top: 20px;
    }
    .scroll > [hidden] + lab-predict {
      margin-top: 0;
    }
    .scroll > lab-lessons {
      margin-top: 4px;
    }
    main {
      position: relative;
      display: flex;
      flex: 1;
      flex-direction: column;
      min-width: 0;
      min-height: 0;
      padding: 16px 24px 12px;
      overflow-y: auto;
      scrollbar-width: thin;
    }
    .charts {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-height: 0;
      padding-top: 16px;
    }
    lab-views {
      flex: 2 1 0;
      min-height: 240px;
    }
    lab-losses {
      flex: 1 1 0;
      min-height: 180px;
      margin-top: 16px;
    }
    .drop {
      position: fixed;
      z-index: 20;
      inset: 0;
      display: grid;
      place-items: center;
      border: 2px dashed var(--accent);
      background: var(--scrim);
      pointer-events: none;
    }
    .drop p {
      padding: 16px 24px;
      border-radius: var(--radius);
      background: var(--raised);
      box-shadow: var(--shadow);
      font: var(--heading);
    }

    @media (max-width: 899px) {
      .page {
        flex-direction: column;
      }
      main {
        padding: 12px 16px 8px;
      }
      lab-start {
        margin-bottom: 16px;
      }
      lab-views {
        flex: none;
        min-height: 400px;
      }
      lab-losses {
        min-height: 260px;
      }
      .page:not(.sides) .side {
        position: fixed;
        z-index: 11;
        width: auto;
        inset: auto 0 calc(60px + env(safe-area-inset-bottom));
        max-height: min(78dvh, 760px);
        border: 0;
        border-radius: 12px 12px 0 0;
        background: var(--paper);
        box-shadow: var(--shadow);
      }
      /* Out of sight for those who look whether they are seen, too. */
      .page:not(.sides) .side:not(.open) {
        visibility: hidden;
        translate: 0 200%;
      }
      .sides .side {
        width: auto;
        border: 0;
      }
      .scrim {
        position: fixed;
        z-index: 10;
        inset: 0;
        background: var(--scrim);
      }
      nav {
        position: relative;
        z-index: 12;
        display: grid;
        grid-template-columns: 1fr auto 1fr;
        align-items: center;
        gap: 8px;
        min-height: 60px;
        padding: 8px 16px calc(8px + env(safe-area-inset-bottom));
        border-top: 1px solid var(--hairline);
        background: var(--paper);
      }
      nav > button {
        min-height: 44px;
        border-color: transparent;
      }
      nav > button[aria-expanded='true'] {
        background: var(--accent-wash);
      }
    }
  `,
];
