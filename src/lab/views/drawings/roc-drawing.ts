/** The ROC curve in a square, with the line of chance and the point that the threshold stands at. */
import { rocPoint } from '../../../model/roc.ts';
import { place } from '../../../util/axis.ts';
import { axisWidth, drawFrame, endWidth } from '../../charts/frame.ts';
import type { Drawn } from '../../charts/lab-plot.ts';
import { dashedLine, strokeLine } from '../../charts/lines.ts';
import type { Surface } from '../../charts/pen.ts';
import { pointReadings } from '../../charts/readings.ts';
import { modelViewsText } from '../../i18n/en/later/model-views.ts';
import type { RocView } from '../../protocol/views.ts';
import { figure } from '../../shared/format.ts';

export function drawRoc(surface: Surface, roc: RocView | null, threshold: number, positive: string): Drawn {
  const { context, palette, width, height } = surface;
  // Both axes are shares: as long as each other, where there is room.
  const square = Math.min(width, height - 64 + axisWidth + endWidth(width));
  const own = Math.max(Math.min(width, 260), square);
  const frame = drawFrame(
    { ...surface, width: own },
    {
      x: [0, 1],
      y: [0, 1],
      xTitle: modelViewsText().falsePositiveRate,
      yTitle: modelViewsText().shareFound(positive),
      end: endWidth(own),
    },
  );
  const at = (x: number, y: number): [number, number] => [place(frame.x, x), place(frame.y, y)];
  context.strokeStyle = palette.inkLight;
  dashedLine(context, at(0, 0), at(1, 1));
  context.font = palette.label;
  context.fillStyle = palette.inkLight;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(modelViewsText().chance, frame.x.to + 6, frame.y.to + 16);

  const curve = roc?.curve;
  if (!curve) return { frame };
  const { thresholds, false_positive, true_positive, auc } = curve;
  const validation = roc.set === 'validation';
  context.strokeStyle = validation ? palette.validation : palette.model;
  context.lineWidth = 2.5;
  strokeLine(context, frame, false_positive, true_positive);
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
  context.fillText(modelViewsText().atThreshold(threshold.toFixed(2)), x + 9, y + 12);
  const readings = pointReadings(
    false_positive.map((value) => place(frame.x, value)),
    true_positive.map((value) => place(frame.y, value)),
    (index) => [
      `${modelViewsText().threshold} ${figure(thresholds[index])}`,
      `${modelViewsText().truePositiveRate} ${figure(true_positive[index])}`,
      `${modelViewsText().falsePositiveRate} ${figure(false_positive[index])}`,
    ],
  );
  return { frame, readings };
}
