/** Files of plots: CSV with all digits, SVG that says what a canvas would show. */
import { expect, it } from 'vitest';
import { csvOf } from '../../../../src/lab/charts/save/save.ts';
import { SvgPen } from '../../../../src/lab/charts/save/svg-pen.ts';

const measure = { font: '', measureText: (text: string) => ({ width: 7 * text.length }) as TextMetrics };

it('CSV has numbers with all their digits, nothing where there is none, and quotes what needs it', async () => {
  const rows = [
    ['a, b', 1 / 3, null],
    ['say "c"', -12_345.5, Number.NaN],
  ];
  expect(await csvOf(['name', 'value', 'more'], rows).text()).toBe(
    'name,value,more\n"a, b",0.3333333333333333,\n"say ""c""",-12345.5,\n',
  );
});

it('paths, text and rectangles keep the style they were drawn with', () => {
  const pen = new SvgPen(measure);
  pen.strokeStyle = '#ff0000';
  pen.lineWidth = 2;
  pen.setLineDash([4, 4]);
  pen.beginPath();
  pen.lineTo(1, 2);
  pen.lineTo(3.456789, 4);
  pen.stroke();
  pen.save();
  pen.font = '12px Inter, sans-serif';
  pen.fillStyle = '#00ff00';
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  pen.fillText('a < b & "c"', 10, 20);
  pen.restore();
  pen.globalAlpha = 0.5;
  pen.fillRect(0, 0, 5, 6);
  const svg = pen.document(100, 50, '#ffffff', 'Fit of <y>');
  expect(svg).toContain('<path d="M1 2L3.46 4" fill="none" stroke="#ff0000" stroke-width="2" stroke-dasharray="4 4"/>');
  expect(svg).toContain(
    '<text x="10" y="24.2" font-family="Inter, sans-serif" font-size="12" text-anchor="end" fill="#00ff00">a &lt; b &amp; &quot;c&quot;</text>',
  );
  expect(svg).toContain('<rect opacity="0.5" x="0" y="0" width="5" height="6" fill="#000000"/>');
  expect(svg).toContain('<title>Fit of &lt;y&gt;</title>');
});

it('what is clipped is so until it is restored, and gradients are defined once', () => {
  const pen = new SvgPen(measure);
  pen.save();
  pen.beginPath();
  pen.rect(1, 1, 8, 8);
  pen.clip();
  pen.beginPath();
  pen.arc(5, 5, 2);
  pen.fill();
  pen.restore();
  const gradient = pen.createLinearGradient(0, 10, 0, 0);
  gradient.addColorStop(0, 'red');
  gradient.addColorStop(1, 'blue');
  pen.fillStyle = gradient;
  pen.fillRect(0, 0, 1, 10);
  const svg = pen.document(10, 10, '#ffffff', '');
  expect(svg).toContain('<clipPath id="clipPath-0"><path d="M1 1h8v8h-8Z"/></clipPath>');
  expect(svg.match(/clip-path="url\(#clipPath-0\)"/g)).toHaveLength(1);
  expect(svg).toContain('<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>');
  expect(svg).toContain('fill="url(#gradient-1)"');
});
