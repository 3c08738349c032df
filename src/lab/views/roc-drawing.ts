/** The ROC curve in a square, with the line of chance and the point that the threshold stands at. */
import { rocPoint } from '../../model/roc.ts';
import type { Surface } from '../charts/fit-drawing.ts';
import { axisWidth, drawFrame, endWidth } from '../charts/frame.ts';
import { place } from '../charts/scale.ts';
import type { RocView } from '../protocol/views.ts';
import { figure } from '../shared/format.ts';

export interface RocTitles {
  x: string;
  y: string;
  chance: string;
  threshold: string;
}

export function drawRoc(surface: Surface, roc: RocView | null, threshold: number, titles: RocTitles): void {
  const { context, palette, width, height } = surface;
  // Both axes are shares: as long as each other, where there is room.
  const square = Math.min(width, height - 64 + axisWidth + endWidth(width));
  const frame = drawFrame(context, palette, {
    width: Math.max(Math.min(width, 260), square),
    height,
    x: [0, 1],
    y: [0, 1],
    xTitle: titles.x,
    yTitle: titles.y,
  });
  const at = (x: number, y: number): [number, number] => [place(frame.x, x), place(frame.y, y)];
  context.lineWidth = 1;
  context.strokeStyle = palette.inkLight;
  context.setLineDash([4, 4]);
  context.beginPath();
  context.moveTo(...at(0, 0));
  context.lineTo(...at(1, 1));
  context.stroke();
  context.setLineDash([]);
  context.font = palette.label;
  context.fillStyle = palette.inkLight;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(titles.chance, frame.x.to + 6, frame.y.to + 16);

  const curve = roc?.curve;
  if (!curve) return;
  const { false_positive, true_positive, auc } = curve;
  const validation = roc.set === 'validation';
  context.strokeStyle = validation ? palette.validation : palette.model;
  context.lineWidth = 2.5;
  context.lineJoin = 'round';
  context.beginPath();
  for (let i = 0; i < false_positive.length; i++) context.lineTo(...at(false_positive[i], true_positive[i]));
  context.stroke();
  context.fillStyle = validation ? palette.validationText : palette.model;
  context.fillText(`AUC ${figure(auc)}`, frame.x.to + 6, frame.y.to);

  const chosen = rocPoint(curve, threshold);
  const [x, y] = at(false_positive[chosen], true_positive[chosen]);
  context.fillStyle = palette.paper;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(x, y, 4.5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.fillStyle = palette.ink;
  context.textAlign = 'left';
  context.fillText(titles.threshold, x + 9, y + 12);
}
