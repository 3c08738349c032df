/**
 * A vitest reporter that writes the parity table: every case with its worst relative error, per engine and plan. Tests
 * leave their figures in `task.meta.parity`; the table goes to test-results/parity.md whenever parity tests ran.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Reporter, TestCase } from 'vitest/node';

import { type ParityFigures, tolerances } from './tolerances.ts';

const engineOf: Record<string, string> = {
  'parity-dawn': 'Dawn',
  'parity-chromium': 'Chromium',
  'parity-wgpu': 'wgpu',
};

export default class ParityTable implements Reporter {
  /** problem -> "engine, plan" -> error kind -> worst. */
  readonly #worst = new Map<string, Map<string, ParityFigures['errors']>>();

  onTestCaseResult(test: TestCase): void {
    const { parity } = test.meta();
    if (!parity) return;
    const column = `${engineOf[test.project.name.replace(/ \(.*/, '')] ?? test.project.name}, ${parity.plan}`;
    const row = this.#worst.get(parity.problem) ?? new Map<string, ParityFigures['errors']>();
    row.set(column, { ...row.get(column), ...parity.errors });
    this.#worst.set(parity.problem, row);
  }

  onTestRunEnd(): void {
    if (this.#worst.size === 0) return;
    const columns = [...new Set([...this.#worst.values()].flatMap((row) => [...row.keys()]))].sort();
    const kinds = Object.keys(tolerances) as (keyof typeof tolerances)[];
    const lines = [
      '# Parity with the reference',
      '',
      'Worst max |a - b| / max(1e-6, max |b|) of every case, written by the test run. In each cell:',
      `${kinds.map((kind) => `${kind} (at most ${tolerances[kind]})`).join('; ')}.`,
      '',
      `| case | ${columns.join(' | ')} |`,
      `|---|${columns.map(() => '---').join('|')}|`,
      ...[...this.#worst].map(
        ([problem, row]) => `| ${problem} | ${columns.map((column) => cell(row.get(column))).join(' | ')} |`,
      ),
    ];
    const all = kinds.map(
      (kind) =>
        `${kind} ${Math.max(...[...this.#worst.values()].flatMap((row) => [...row.values()].map((errors) => errors[kind] ?? 0))).toExponential(1)}`,
    );
    lines.push('', `Worst of all: ${all.join('; ')}.`);
    mkdirSync('test-results', { recursive: true });
    writeFileSync('test-results/parity.md', `${lines.join('\n')}\n`);
  }
}

function cell(errors: ParityFigures['errors'] | undefined): string {
  if (!errors) return '';
  return (Object.keys(tolerances) as (keyof typeof tolerances)[])
    .map((kind) => errors[kind]?.toExponential(0) ?? '–')
    .join(' / ');
}
