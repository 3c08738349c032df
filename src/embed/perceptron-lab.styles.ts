/**
 * The element takes type and colour of the page around it; what it adds can be set from there: `--perceptron-training`,
 * `--perceptron-validation` and `--perceptron-line`, and every part by `::part`.
 */
import { css } from 'lit';

export const embedStyles = css`
  :host {
    --training: var(--perceptron-training, light-dark(#0b63a8, #6db3e8));
    --validation: var(--perceptron-validation, light-dark(#955200, #e9a251));
    --line: var(--perceptron-line, color-mix(in srgb, currentColor 22%, transparent));
    display: block;
    container-type: inline-size;
    max-width: 640px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  :host([hidden]) {
    display: none;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
  }
  button {
    min-height: 32px;
    padding: 4px 14px;
    border: 1px solid var(--training);
    border-radius: 4px;
    background: var(--training);
    color: light-dark(#fff, #111);
    font: inherit;
    cursor: pointer;
  }
  button.plain {
    background: none;
    color: inherit;
    border-color: var(--line);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  input:focus-visible,
  select:focus-visible {
    outline: 2px solid var(--training);
    outline-offset: 2px;
  }
  .epoch {
    margin-inline-start: auto;
  }
  .faint {
    opacity: 0.75;
  }
  svg {
    display: block;
    width: 100%;
    margin-top: 12px;
    overflow: visible;
  }
  text {
    fill: currentColor;
    font-size: 12px;
  }
  .grid {
    stroke: var(--line);
  }
  polyline {
    fill: none;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  polyline.training {
    stroke: var(--training);
  }
  polyline.validation {
    stroke: var(--validation);
  }
  text.training {
    fill: var(--training);
  }
  text.validation {
    fill: var(--validation);
  }
  table {
    width: 100%;
    margin-top: 12px;
    border-collapse: collapse;
  }
  th,
  td {
    padding: 4px 0 4px min(12px, 2%);
    border-bottom: 1px solid var(--line);
    font-weight: 400;
    text-align: end;
  }
  th[scope='row'],
  td:first-child {
    padding-inline-start: 0;
    text-align: start;
  }
  @container (width < 420px) {
    table {
      font-size: 0.8em;
    }
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(140px, 1fr));
    gap: 8px 12px;
    align-items: end;
    margin-top: 16px;
  }
  label {
    display: grid;
    gap: 2px;
    font-size: 0.86em;
  }
  input,
  select {
    box-sizing: border-box;
    width: 100%;
    min-height: 32px;
    padding: 4px 8px;
    border: 1px solid var(--line);
    border-radius: 4px;
    background: transparent;
    color: inherit;
    font: inherit;
  }
  output {
    grid-column: 1 / -1;
    min-height: 1.4em;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
