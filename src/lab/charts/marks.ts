/** What is read off a plot, laid over it: rings, a line or an area, and the words beside them. */
import { css, html, svg, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { Frame } from './frame.ts';
import type { Mark, Reading } from './readings.ts';

export const markStyles = css`
  .ring,
  .joined,
  .selected,
  .upright,
  .moment,
  .area,
  .tip {
    position: absolute;
    pointer-events: none;
  }
  .ring {
    width: 11px;
    height: 11px;
    margin: -5.5px;
    border: 2px solid var(--ink);
    border-radius: 50%;
  }
  .joined {
    inset: 0;
    width: 100%;
    height: 100%;
    fill: none;
    stroke: var(--ink);
    stroke-width: 2px;
  }
  .selected {
    width: 17px;
    height: 17px;
    margin: -8.5px;
    border: 3px solid var(--accent);
    border-radius: 50%;
    box-shadow:
      0 0 0 2px var(--paper),
      inset 0 0 0 2px var(--paper);
  }
  .upright {
    border-left: 1px solid var(--border);
  }
  .moment {
    border-left: 2px solid var(--ink);
  }
  /* Below the names of the best epoch and of the stop. */
  .moment span {
    position: absolute;
    top: 18px;
    padding: 0 6px;
    background: var(--paper);
    color: var(--ink);
    font: var(--label);
    white-space: nowrap;
  }
  .moment.left span {
    right: 2px;
  }
  .area {
    outline: 2px solid var(--ink);
  }
  .tip {
    z-index: 2;
    width: max-content;
    padding: 4px 8px;
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow);
    color: var(--ink);
    font: var(--label);
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
`;

/** Rings, and what connects them. */
export function drawMarks({ marks, joined, upright, area }: Reading, frame: Frame): TemplateResult {
  const { y } = frame;
  const px = (value: number) => `${value}px`;
  const line = { left: px(marks[0]?.x ?? 0), top: px(y.to), height: px(y.from - y.to) };
  return html`${upright && marks[0] ? html`<div class="upright" style=${styleMap(line)}></div>` : ''}
    ${joined ? html`<svg class="joined">${svg`<polyline points=${marks.map(({ x, y }) => `${x},${y}`).join(' ')} />`}</svg>` : ''}
    ${
      area
        ? html`<div
            class="area"
            style=${styleMap({ left: px(area.left), top: px(area.top), width: px(area.width), height: px(area.height) })}
          ></div>`
        : marks
            .filter((mark) => isInside(frame, mark))
            .map(({ x, y }) => html`<div class="ring" style=${styleMap({ left: px(x), top: px(y) })}></div>`)
    }`;
}

/** A line at a moment, with its name, on the side that has more room. */
export function drawMoment({ x, y }: Frame, at: number, name: string): TemplateResult {
  const side = at < (x.from + x.to) / 2 ? 'right' : 'left';
  const style = { left: `${at}px`, top: `${y.to}px`, height: `${y.from - y.to}px` };
  return html`<div class="moment ${side}" style=${styleMap(style)}><span class="number">${name}</span></div>`;
}

/** Whether a place is in the part of the plot that is seen. */
export function isInside({ x, y }: Frame, mark: Mark): boolean {
  return mark.x >= x.from - 1 && mark.x <= x.to + 1 && mark.y >= y.to - 1 && mark.y <= y.from + 1;
}

/** Around the row that is selected, whatever is read beside it. */
export function drawSelected({ x, y }: Mark): TemplateResult {
  return html`<div class="selected" style=${styleMap({ left: `${x}px`, top: `${y}px` })}></div>`;
}

const apart = 12;
const widest = 280;
/** Beside a small plot words go past its edge, rather than letter by letter. */
const narrowest = 136;

/** Words beside a place, on the side that has more room. */
export function tip(
  lines: readonly string[],
  { x, y }: { x: number; y: number },
  width: number,
  height: number,
): TemplateResult {
  const [right, below] = [x < width / 2, y < height / 2];
  const style = {
    ...(right ? { left: `${Math.max(0, x + apart)}px` } : { right: `${Math.max(0, width - x + apart)}px` }),
    ...(below ? { top: `${Math.max(0, y + apart)}px` } : { bottom: `${Math.max(0, height - y + apart)}px` }),
    maxWidth: `${Math.min(widest, Math.max(narrowest, (right ? width - x : x) - apart))}px`,
  };
  return html`<div class="tip" style=${styleMap(style)}>${lines.map((line) => html`<div>${line}</div>`)}</div>`;
}
