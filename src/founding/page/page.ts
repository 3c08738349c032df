/** The founding experiment as a paper: the question, the 24 combinations, each finding with its verdict, and all that it rests on. */

import { sortNotices } from '../../data/table/notices.ts';
import { appendix, flat, plain } from '../../html/appendix.ts';
import { html, type Markup, type Part } from '../../html/escape.ts';
import { type Numbering, numbering, tableOf } from '../../html/figures.ts';
import { pageOf, section } from '../../html/page.ts';
import { plusMinus } from '../../html/swept.ts';
import { figure } from '../../util/format.ts';
import { count, counted } from '../../util/thousands.ts';
import { conjunction } from '../../util/words.ts';
import type { Finding, FoundingReport, Verdict } from '../report.ts';
import { cellsTable, curvesFigure, fitsFigure, slipsTable } from './cells.ts';
import { depthFigure, gatesTable, optimizersFigure, signalsFigure, signalsTable } from './theory.ts';
import { bestFigure, modelLink, weightsList } from './weights.ts';

/**
 * @param made when; a report that is read from a file does not know
 * @param model the bytes of the best model's file, to be had from the page
 */
export function foundingHtml(report: FoundingReport, made?: Date, model?: Uint8Array): string {
  const { experiment, cells, depth, theory, published, findings, best, engine, versions } = report;
  const numbers = numbering();
  const units = [1, ...experiment.hidden, 1].join('-');
  return pageOf({
    title: 'What activation, optimizer and batch size do to a perceptron',
    subtitle: [
      report.file,
      `${units} perceptrons`,
      `${counted(cells.length, 'combination')} × ${counted(experiment.seeds.length, 'seed')}`,
      made?.toISOString().slice(0, 10),
    ],
    version: versions['perceptron-lab'],
    body: [
      answer(report),
      section('question', 'The question', question(report)),
      section('verdicts', 'The findings in short', verdictTable(findings, published !== undefined, numbers)),
      section(
        'cells',
        `The ${cells.length} combinations`,
        curvesFigure(report, cells, 'validation', numbers),
        curvesFigure(report, cells, 'train', numbers),
        fitsFigure(report, cells, numbers),
        cellsTable(report, numbers),
        html`<p class="light">${report.timing}</p>\n`,
      ),
      section('findings', 'The findings one by one', findings.map(findingOf)),
      depth && section('depth', 'Depth', depthFigure(report, depth, numbers)),
      theory &&
        section(
          'theory',
          'What the theory says',
          html`<h3>Gradients and outputs by layer</h3>\n`,
          signalsFigure(theory.layers, numbers),
          signalsTable(theory.layers, numbers),
          html`<h3>OR and XOR</h3>\n`,
          gatesTable(theory, numbers),
          html`<h3>What Adam is made of</h3>\n`,
          optimizersFigure(theory, report, numbers),
        ),
      published &&
        section(
          'published',
          'As it was published',
          html`<p>${published.rule} ${counted(published.seeds.length, 'seed')}, at most ${counted(published.epochs, 'epoch')}. Its validation RMSE stands beside that of the right rule in the table of the combinations.</p>\n`,
          curvesFigure(report, published.cells, 'validation', numbers, ' under the published rule'),
          fitsFigure(report, published.cells, numbers, ' under the published rule'),
          slipsTable(published.slips, numbers),
        ),
      best &&
        section(
          'best',
          'The best model and its weights',
          html`<p>${best.cell.activation}, ${best.cell.optimizer}, batch size ${best.cell.batch_size}, seed ${best.seed}: validation RMSE ${figure(best.validation_rmse)} after ${counted(best.epochs_run, 'epoch')}. It is the one trial of all with the lowest validation RMSE, so that figure flatters it.</p>\n`,
          bestFigure(report, best, numbers),
          weightsList(best, numbers),
          model && modelLink(model),
        ),
      appendix(
        {
          command: report.repeat,
          version: versions['perceptron-lab'],
          runtime: versions.runtime,
          made,
          engine,
          plans: [{ name: engine.plan, why: engine.plan_why }],
          seconds: report.seconds,
        },
        () => experimentTable(report, numbers),
        numbers,
      ),
    ],
  });
}

function answer({ cells, data }: FoundingReport): Part {
  const best = [...cells].sort((a, b) => a.validation_rmse.mean - b.validation_rmse.mean)[0];
  if (!best) return '';
  const [mean, sd] = plusMinus(best.validation_rmse).split(' ± ');
  const facts: [string, Part][] = [
    [
      `lowest validation RMSE: ${best.activation}, ${best.optimizer}, batch size ${best.batch_size}`,
      [mean, sd && html` <small>± ${sd}</small>`],
    ],
    ['noise in the rows', figure(data.noise_sd)],
    ['baseline: the training mean', figure(data.baseline_rmse)],
  ];
  return html`<dl class="answer">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>\n`;
}

function question({ experiment, data, file, interrupted, notices }: FoundingReport): Markup {
  const { activations, optimizers, batch_sizes, seeds, epochs, learning_rate, loss_plateau, hidden, parameters } =
    experiment;
  return html`<p>A course report on perceptrons fitted ${data.y} over ${data.x} with small networks and drew conclusions from one run of each. Here every combination of ${conjunction(activations)} with ${conjunction(optimizers)} and batch sizes ${conjunction(batch_sizes.map(String))} is trained with ${counted(seeds.length, 'seed')}, so that each conclusion can be held against the spread between seeds.</p>
<p>Each network has ${counted(hidden.length, 'hidden layer')} of ${conjunction([...new Set(hidden.map(String))])} units and ${counted(parameters, 'parameter')}. It learns from ${counted(data.train, 'row')} of ${file} and is validated on ${count(data.validation)}, with learning rate ${learning_rate}, for at most ${counted(epochs, 'epoch')}, and stops when the mean training loss of two epochs in a row differs by no more than ${loss_plateau}. The noise in the rows themselves is about ${figure(data.noise_sd)}: no honest model gets far below that.</p>
${interrupted ? html`<p class="problem">Training was ended by hand: trials are reported as they stood.</p>\n` : ''}${notices.length > 0 ? html`<ul>${sortNotices(notices).map(({ text }) => html`<li>${text}</li>`)}</ul>\n` : ''}`;
}

function verdictTable(findings: readonly Finding[], published: boolean, numbers: Numbering): Markup {
  const columns = [
    { title: 'finding' },
    { title: 'what the report found' },
    { title: 'here' },
    ...(published ? [{ title: 'by the published rule' }] : []),
  ];
  const rows = findings.map(({ id, claim, verdict, published: other }): Part[] => [
    html`<a href="#finding-${id}">${id}</a>`,
    claim,
    verdictOf(verdict),
    ...(published ? [other ? verdictOf(other.verdict) : '–'] : []),
  ]);
  return numbers.table(tableOf(columns, rows), 'Each finding of the report, and whether it holds here.');
}

function verdictOf(verdict: Verdict): Markup {
  const tone = { holds: 'good', 'does not hold': 'bad', depends: 'open' }[verdict];
  return html`<b class="verdict ${tone}">${verdict[0].toUpperCase()}${verdict.slice(1)}</b>`;
}

const outcomes = { yes: 'yes', no: 'no', unclear: 'not to be told from chance' };

function findingOf({ id, claim, verdict, numbers, criterion, checks, published }: Finding): Markup {
  const table = (own: Finding['checks']) =>
    tableOf(
      [{ title: 'comparison' }, { title: 'outcome' }, { title: 'figures' }],
      own.map(({ name, outcome, numbers: figures }) => [name, outcomes[outcome], figures]),
    );
  return html`<article id="finding-${id}"><h3>${id}. ${claim}</h3>
<p>${verdictOf(verdict)}. ${numbers}</p>
${published ? html`<p>By the published rule. ${verdictOf(published.verdict)}. ${published.numbers}</p>\n` : ''}<p class="light small">${criterion}</p>
<details><summary>${counted(checks.length, 'comparison')}</summary>${table(checks)}</details>${published ? html`<details><summary>${counted(published.checks.length, 'comparison')} by the published rule</summary>${table(published.checks)}</details>` : ''}</article>\n`;
}

function experimentTable({ experiment }: FoundingReport, numbers: Numbering): Markup {
  const rows = flat(experiment).map(([path, value]) => [path, plain(value)]);
  return numbers.table(
    html`<div class="settings">${tableOf([{ title: 'setting' }, { title: 'value' }], rows)}</div>`,
    'Every setting of the experiment.',
  );
}
