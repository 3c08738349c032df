/** What is read off a plot, laid over it: rings, a line or an area, and the words beside them. */
import { css, html, svg, type TemplateResult } from 'lit';
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

/** Where something lies, in pixels, for `.style`: unlike the attribute it is no inline style (page-headers.ts). */
export function placed(sides: Record<string, number>): string {
  return Object.entries(sides)
    .map(([side, length]) => `${side}: ${length}px`)
    .join('; ');
}

/** Rings, and what connects them. */
export function drawMarks({ marks, joined, upright, area }: Reading, frame: Frame): TemplateResult {
  const { y } = frame;
  const line = { left: marks[0]?.x ?? 0, top: y.to, height: y.from - y.to };
  return html`${upright && marks[0] ? html`<div class="upright" .style=${placed(line)}></div>` : ''}
    ${joined ? html`<svg class="joined">${svg`<polyline points=${marks.map(({ x, y }) => `${x},${y}`).join(' ')} />`}</svg>` : ''}
    ${
      area
        ? html`<div
            class="area"
            .style=${placed({ left: area.left, top: area.top, width: area.width, height: area.height })}
          ></div>`
        : marks
            .filter((mark) => isInside(frame, mark))
            .map(({ x, y }) => html`<div class="ring" .style=${placed({ left: x, top: y })}></div>`)
    }`;
}

/** A line at a moment, with its name, on the side that has more room. */
export function drawMoment({ x, y }: Frame, at: number, name: string): TemplateResult {
  const side = at < (x.from + x.to) / 2 ? 'right' : 'left';
  const line = { left: at, top: y.to, height: y.from - y.to };
  return html`<div class="moment ${side}" .style=${placed(line)}><span class="number">${name}</span></div>`;
}

/** Whether a place is in the part of the plot that is seen. */
export function isInside({ x, y }: Frame, mark: Mark): boolean {
  return mark.x >= x.from - 1 && mark.x <= x.to + 1 && mark.y >= y.to - 1 && mark.y <= y.from + 1;
}

/** Around the row that is selected, whatever is read beside it. */
export function drawSelected({ x, y }: Mark): TemplateResult {
  return html`<div class="selected" .style=${placed({ left: x, top: y })}></div>`;
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
  const sides = {
    [right ? 'left' : 'right']: Math.max(0, (right ? x : width - x) + apart),
    [below ? 'top' : 'bottom']: Math.max(0, (below ? y : height - y) + apart),
    'max-width': Math.min(widest, Math.max(narrowest, (right ? width - x : x) - apart)),
  };
  return html`<div class="tip" .style=${placed(sides)}>${lines.map((line) => html`<div>${line}</div>`)}</div>`;
}
