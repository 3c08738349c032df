/** A sample in small: its rows as paths, stroked in the colours of the theme. */
import { css, html, svg, type TemplateResult } from 'lit';
import type { Thumbnail } from '../protocol/messages.ts';
import { type SampleInfo, thumbnailHeight, thumbnailWidth } from '../shared/samples.ts';

const classColours = 6;

export const thumbnailStyles = css`
  svg {
    display: block;
    width: 100%;
    aspect-ratio: 3 / 2;
    border: 1px solid var(--hairline);
    border-radius: var(--radius);
    background: var(--paper);
  }
  path {
    fill: none;
    stroke: var(--points);
    stroke-width: 2.5;
    stroke-linecap: round;
  }
  .few path {
    stroke-width: 9;
  }
  .filled path {
    fill: var(--points);
    stroke: none;
  }
  .classes .of-1 {
    stroke: var(--run-1);
  }
  .classes .of-2 {
    stroke: var(--run-2);
  }
  .classes .of-3 {
    stroke: var(--run-3);
  }
`;

/** Empty until its paths are there. */
export function thumbnail({ name, task, rows }: SampleInfo, thumbnails: readonly Thumbnail[]): TemplateResult {
  const paths = thumbnails.find((other) => other.name === name)?.paths ?? [];
  const kind = name === 'digits' ? 'filled' : task === 'classification' ? 'classes' : '';
  return html`<svg class="${kind} ${rows < 20 ? 'few' : ''}" viewBox="0 0 ${thumbnailWidth} ${thumbnailHeight}" aria-hidden="true">
    ${paths.map((path, index) => svg`<path class="of-${(index % classColours) + 1}" d=${path} />`)}
  </svg>`;
}
