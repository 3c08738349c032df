/** The chart of the losses, with its controls above it. */
import { css } from 'lit';
import { markStyles } from '../charts/marks.ts';
import { zoomStyles } from '../charts/zoom-controller.ts';
import { base, buttons, fields } from '../ui/styles/shared.ts';

export const lossesStyles = [
  base,
  buttons,
  fields,
  markStyles,
  zoomStyles,
  css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    header {
      display: flex;
      align-items: center;
      gap: 4px 12px;
      min-height: 24px;
    }
    h2 {
      flex: 1;
    }
    label {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    input[type='range'] {
      width: 96px;
    }
    output {
      min-width: 28px;
      color: var(--ink);
    }
    /* Beside the title of the axis, which the chart writes itself. */
    .reading {
      position: relative;
      z-index: 1;
      height: 16px;
      margin: 8px 0 -16px 220px;
      overflow: hidden;
      text-align: right;
      text-overflow: ellipsis;
      white-space: nowrap;
      pointer-events: none;
    }
    /* Beside the way back to the whole chart. */
    .reading.zoomed {
      margin-right: 108px;
    }
    .reading b {
      font-weight: 400;
      color: var(--model);
    }
    .reading b + b {
      color: var(--validation-text);
    }
    @media (max-width: 1179px) {
      header {
        flex-wrap: wrap;
      }
      label {
        order: 4;
        flex-basis: 100%;
      }
      .reading {
        height: 32px;
        margin: 4px 0;
        text-align: left;
        white-space: normal;
      }
      .reading.zoomed {
        margin-right: 0;
      }
    }
    .toggle[aria-pressed='true'] {
      background: var(--accent-wash);
    }
    .plot {
      position: relative;
      flex: 1;
      min-height: 0;
      overflow: hidden;
    }
    .empty {
      position: absolute;
      z-index: 1;
      inset: 40% 68px auto 52px;
      text-align: center;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `,
];
