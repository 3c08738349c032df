/**
 * Small pictures of the samples, drawn from their own rows, on the worker's side: the page gets paths, one for each class,
 * which it strokes in the colours of its theme.
 */
import { numbersOf } from '../../../data/table/columns.ts';
import type { Column, Table } from '../../../data/table/table.ts';
import { InputError } from '../../../util/errors.ts';
import type { Thumbnail } from '../../protocol/messages.ts';
import { type SampleInfo, samples, thumbnailHeight, thumbnailWidth } from '../../shared/samples.ts';
import { sampleTable } from './sample-tables.ts';

const margin = 6;
const mostPoints = 240;

/** What the measured samples are drawn by: the columns across and up. */
const axes: Record<string, [string, string]> = {
  penguins: ['flipper_length_mm', 'beak_depth_mm'],
  'seattle-weather': ['', 'temp_max'],
};

/** A sample that cannot be fetched has no picture; whoever chooses it is told why. */
export async function thumbnails(): Promise<Thumbnail[]> {
  return Promise.all(samples.map(async (sample) => ({ name: sample.name, paths: await drawn(sample) })));
}

async function drawn(sample: SampleInfo): Promise<string[]> {
  try {
    return pathsOf(await sampleTable(sample.name), sample);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

export function pathsOf(table: Table, { name, target, task }: Pick<SampleInfo, 'name' | 'target' | 'task'>): string[] {
  if (name === 'digits') return [digitsPath(table, target)];
  const others = table.columns.filter((column) => column.name !== target);
  const [across, up] = axes[name] ?? [others[0].name, others[1]?.name ?? target];
  const x = scaled(valuesOf(table, across));
  const y = scaled(valuesOf(table, up));
  const groups = task === 'classification' ? groupsOf(column(table, target)) : new Uint32Array(table.rows);
  const paths: string[] = [];
  const every = Math.max(1, Math.ceil(table.rows / mostPoints));
  for (let row = 0; row < table.rows; row += every) {
    if (Number.isNaN(x[row] + y[row])) continue;
    const left = margin + x[row] * (thumbnailWidth - 2 * margin);
    const top = margin + (1 - y[row]) * (thumbnailHeight - 2 * margin);
    paths[groups[row]] = `${paths[groups[row]] ?? ''}M${left.toFixed(1)} ${top.toFixed(1)}h0`;
  }
  return Array.from(paths, (path) => path ?? '');
}

function column(table: Table, name: string): Column {
  const found = table.columns.find((one) => one.name === name);
  if (!found) throw new Error(`${table.source} has no column ${name}`);
  return found;
}

/** A column's numbers; without a name, the rows in their order. */
function valuesOf(table: Table, name: string): Float64Array {
  if (name === '') return Float64Array.from({ length: table.rows }, (_, row) => row);
  return numbersOf(column(table, name));
}

/** From 0 to 1. */
function scaled(values: Float64Array): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0.5));
}

function groupsOf(target: Column): Uint32Array {
  if (target.kind === 'number') return Uint32Array.from(target.values, (value) => Math.max(0, Math.round(value)));
  return target.codes.map((code) => Math.max(0, code - 1));
}

/** Six of the pictures themselves: the first of each digit from 0 to 5. */
function digitsPath(table: Table, target: string): string {
  const pixels = table.columns.filter(({ name }) => name !== target).map((one) => numbersOf(one));
  const labels = numbersOf(column(table, target));
  const side = Math.round(Math.sqrt(pixels.length));
  const unit = thumbnailHeight / 2 / (side + 2);
  let path = '';
  for (let digit = 0; digit < 6; digit += 1) {
    const row = labels.indexOf(digit);
    const left = (digit % 3) * (thumbnailWidth / 3) + unit;
    const top = Math.floor(digit / 3) * (thumbnailHeight / 2) + unit;
    pixels.forEach((values, index) => {
      if (!(values[row] > 0)) return;
      const x = (left + (index % side) * unit).toFixed(1);
      const y = (top + Math.floor(index / side) * unit).toFixed(1);
      path += `M${x} ${y}h${unit.toFixed(1)}v${unit.toFixed(1)}h-${unit.toFixed(1)}z`;
    });
  }
  return path;
}
