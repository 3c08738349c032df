/** The findings are read from the numbers: the same question gets each answer from the numbers that ask for it. */
import { describe, expect, it } from 'vitest';
import { checkFindings } from '../../../src/founding/findings.ts';
import type { CellKey, Finding, FindingId, ReportData, Theory } from '../../../src/founding/report.ts';
import { depthFinding, theoryFinding } from '../../../src/founding/theory-findings.ts';
import { compared, verdictOf } from '../../../src/founding/verdicts.ts';
import { ko } from '../../../src/messages/ko/command-line.ts';
import { translator } from '../../../src/util/message.ts';
import { cells, depthStudy, type Made, soundTheory, spread } from '../../support/sweeps/founding-cells.ts';

const data: ReportData = {
  x: 'x',
  y: 'y',
  rows: 500,
  train: 400,
  validation: 100,
  points: [],
  target_sd: 0.8,
  noise_sd: 0.1,
  baseline_rmse: 0.8,
};

function finding(id: FindingId, make: (key: CellKey) => Made): Finding {
  const found = checkFindings({ cells: cells(make), data }).find((one) => one.id === id);
  if (!found) throw new Error(`there is no finding ${id}`);
  return found;
}

const isRelu = ({ activation }: CellKey) => activation === 'relu' || activation === 'leaky_relu';
const noisy = spread(0.2, 0.2);

describe('two means', () => {
  it('differ when their distance is beyond what chance makes of it', () => {
    expect(compared(spread(1, 0.1), spread(2, 0.1))).toBe('lower');
    expect(compared(spread(2, 0.1), spread(1, 0.1))).toBe('higher');
    expect(compared(spread(1, 1), spread(1.5, 1))).toBe('unclear');
    // Student's t with 18 degrees of freedom is 2.101, the standard error here 0.4472.
    expect(compared(spread(0, 1), spread(0.93, 1))).toBe('unclear');
    expect(compared(spread(0, 1), spread(0.95, 1))).toBe('lower');
  });

  it('say nothing with one seed each, or when one is no number', () => {
    expect(compared(spread(1, 0, 1), spread(2, 0, 1))).toBe('unclear');
    expect(compared(spread(Number.NaN, Number.NaN), spread(2))).toBe('unclear');
  });

  it('differ without any spread when they are not the same', () => {
    expect(compared(spread(3, 0), spread(5, 0))).toBe('lower');
    expect(compared(spread(3, 0), spread(3, 0))).toBe('unclear');
  });
});

it.each([
  [['yes', 'yes'], 'holds'],
  [['no', 'unclear'], 'does not hold'],
  [['no', 'unclear', 'unclear'], 'depends'],
  [['yes', 'no'], 'depends'],
  [['yes', 'unclear'], 'depends'],
  [['unclear', 'unclear'], 'depends'],
  [[], 'depends'],
] as const)('%j is: %s', (outcomes, verdict) => {
  expect(verdictOf(outcomes.map((outcome) => ({ name: '', outcome, numbers: '' })))).toBe(verdict);
});

describe('a to f', () => {
  const cases: [FindingId, Finding['verdict'], string, (key: CellKey) => Made][] = [
    ['a', 'holds', 'close, and relus quick', (key) => ({ ms: isRelu(key) ? 1 : 1.2 })],
    [
      'a',
      'does not hold',
      'far apart, and relus slow',
      (key) => ({ rmse: spread(key.activation === 'tanh' ? 0.7 : 0.2), ms: isRelu(key) ? 1.2 : 1 }),
    ],
    ['a', 'depends', 'close, and as quick as each other', () => ({ ms: 1 })],
    ['b', 'holds', 'a smaller batch is better', ({ batch_size }) => ({ rmse: spread(batch_size / 10) })],
    ['b', 'does not hold', 'a larger batch is better', ({ batch_size }) => ({ rmse: spread(1 - batch_size / 10) })],
    ['b', 'depends', 'too noisy to tell', () => ({ rmse: noisy })],
    [
      'b',
      'depends',
      'better with tanh alone',
      ({ batch_size, activation }) => ({ rmse: spread(activation === 'tanh' ? batch_size / 10 : 1 - batch_size / 10) }),
    ],
    [
      'c',
      'holds',
      'relu with adam is there first',
      (key) => ({ epochs: spread(isRelu(key) && key.optimizer === 'adam' ? 5 : 50, 1) }),
    ],
    [
      'c',
      'does not hold',
      'it is there last',
      (key) => ({ epochs: spread(isRelu(key) && key.optimizer === 'adam' ? 50 : 5, 1) }),
    ],
    [
      'c',
      'depends',
      'before sgd, and after tanh',
      (key) => ({ epochs: spread(key.optimizer === 'sgd' ? 90 : key.activation === 'tanh' ? 3 : 5, 0.1) }),
    ],
    [
      'd',
      'holds',
      'tanh gains',
      (key) => ({ rmse: spread(key.activation === 'tanh' && key.optimizer === 'adam' ? 0.1 : 0.5) }),
    ],
    [
      'd',
      'does not hold',
      'all others gain',
      (key) => ({ rmse: spread(key.activation !== 'tanh' && key.optimizer === 'adam' ? 0.1 : 0.5) }),
    ],
    ['d', 'depends', 'all gain alike', (key) => ({ rmse: spread(key.optimizer === 'adam' ? 0.1 : 0.5) })],
    [
      'e',
      'holds',
      'worse in one cell',
      ({ activation, optimizer, batch_size }) => {
        const hindered = activation === 'relu' && batch_size === 4;
        return { rmse: spread((optimizer === 'adam') === hindered ? 0.2 : 0.1) };
      },
    ],
    ['e', 'does not hold', 'better in all', (key) => ({ rmse: spread(key.optimizer === 'adam' ? 0.1 : 0.2) })],
    ['e', 'depends', 'no difference', () => ({ rmse: noisy })],
    [
      'f',
      'holds',
      'below all',
      ({ activation, optimizer, batch_size }) => ({
        rmse: spread(activation === 'relu' && optimizer === 'sgd' && batch_size === 1 ? 0.1 : 0.2),
      }),
    ],
    ['f', 'does not hold', 'adam below it', ({ optimizer }) => ({ rmse: spread(optimizer === 'adam' ? 0.1 : 0.2) })],
    ['f', 'depends', 'as good as any', () => ({ rmse: noisy })],
  ];
  it.each(cases)('%s: %s when %s', (id, verdict, _, make) => {
    expect(finding(id, make).verdict).toBe(verdict);
  });

  it('depend when each cell has one seed, whatever its numbers', () => {
    const single = (key: CellKey) => ({
      rmse: spread(key.batch_size / 10 + (key.optimizer === 'adam' ? 1 : 0), 0, 1),
      epochs: spread(key.batch_size, 0, 1),
    });
    for (const id of ['b', 'c', 'd', 'e', 'f'] as const)
      expect([id, finding(id, single).verdict]).toEqual([id, 'depends']);
  });

  it('say their numbers', () => {
    const { numbers, checks } = finding('b', ({ batch_size }) => ({ rmse: spread(batch_size / 10, 0.0123) }));
    expect(numbers).toContain('relu 0.1 ± 0.0123 against 0.8 ± 0.0123');
    expect(checks.map(({ name }) => name)).toEqual(['sigmoid', 'tanh', 'relu', 'leaky_relu']);
    expect(finding('e', cases.find(([id]) => id === 'e')?.[3] ?? (() => ({}))).numbers).toContain(
      'worse in 1 and better in 11',
    );
    expect(finding('f', ({ optimizer }) => ({ rmse: spread(optimizer === 'adam' ? 0.1 : 0.2) })).numbers).toMatch(
      /place 13 of 24 .* 12 cells are clearly better\. The lowest is sigmoid, batch 1, adam/,
    );
  });

  it('are said in Korean with the same figures', () => {
    const report = {
      data,
      cells: cells(({ batch_size }) => ({ rmse: spread(batch_size / 10, 0.0123) })),
      depth: depthStudy(() => spread(1)),
      theory: soundTheory(),
    };
    const { said: seen } = finding('f', ({ optimizer }) => ({ rmse: spread(optimizer === 'adam' ? 0.1 : 0.2) }));
    expect(translator(ko)(seen.numbers)).toContain('가장 낮은 것은 sigmoid, 배치 1, adam');
    const figures = (text: string) => [...text.matchAll(/0\.\d{3,}/g)].map(([figure]) => figure).sort();
    for (const { claim, criterion, numbers, said } of checkFindings(report)) {
      const english = { claim, criterion, numbers };
      expect(Object.fromEntries(Object.entries(said).map(([name, { text }]) => [name, text]))).toEqual(english);
      for (const message of Object.values(said)) {
        expect(translator(ko)(message)).toMatch(/[가-힣].*[.]$/);
        expect(figures(translator(ko)(message))).toEqual(figures(message.text));
      }
    }
  });

  it('a: a clock that wavers decides nothing', () => {
    const made = cells((key) => ({ ms: isRelu(key) ? 1 : 1.2 })).map((cell) => ({
      ...cell,
      ms_per_step: { ...cell.ms_per_step, low: 0.9, high: 1.3 },
    }));
    const a = checkFindings({ cells: made, data }).find(({ id }) => id === 'a');
    expect(a?.checks.slice(3).map(({ outcome }) => outcome)).toEqual(['unclear', 'unclear', 'unclear']);
  });

  it('are asked of the published cells too, and answered apart', () => {
    const report = {
      data,
      cells: cells(({ batch_size }) => ({ rmse: spread(1 - batch_size / 10) })),
      published: {
        rule: '',
        seeds: [],
        epochs: 1,
        seconds: 1,
        slips: { epochs: 1, seeds: [], cells: [] },
        said: { rule: { code: 'published_rule', params: {}, text: '' } },
        cells: cells(({ batch_size }) => ({ rmse: spread(batch_size / 10) })),
      },
    };
    const b = checkFindings(report).find(({ id }) => id === 'b');
    expect([b?.verdict, b?.published?.verdict]).toEqual(['does not hold', 'holds']);
  });

  it('are all there are without depth and theory', () => {
    expect(checkFindings({ data, cells: cells(() => ({})) }).map(({ id }) => id)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'f',
    ]);
    const all = checkFindings({
      data,
      cells: cells(() => ({})),
      depth: depthStudy(() => spread(1)),
      theory: soundTheory(),
    });
    expect(all.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
  });
});

describe('g', () => {
  it.each([
    ['holds', (_: CellKey, layers: number) => spread(layers / 10)],
    ['does not hold', (_: CellKey, layers: number) => spread(1 - layers / 10)],
    ['depends', () => spread(0.3, 0.2)],
    [
      'depends',
      ({ optimizer }: CellKey, layers: number) => spread(optimizer === 'sgd' ? layers / 10 : 1 - layers / 10),
    ],
  ] as const)('%s', (verdict, loss) => {
    expect(depthFinding(depthStudy(loss)).verdict).toBe(verdict);
  });

  it('compares the deepest with the two layers of the experiment', () => {
    // One layer is worse still, and of no account.
    const { verdict, numbers } = depthFinding(depthStudy((_, layers) => spread([0, 0.9, 0.1, 0, 0, 0, 0.4][layers])));
    expect(verdict).toBe('holds');
    expect(numbers).toContain('0.1 ± 0.001 with 2 hidden layers, 0.4 ± 0.001 with 6');
  });
});

describe('h', () => {
  const changed = (change: (theory: Theory) => void) => {
    const theory = soundTheory();
    change(theory);
    return theoryFinding(theory);
  };
  const outcomes = ({ checks }: Finding) => checks.map(({ outcome }) => outcome);

  it('holds where everything is borne out', () => {
    const { verdict, checks } = changed(() => {});
    expect(checks).toHaveLength(9);
    expect(verdict).toBe('holds');
  });

  it('depends where something is not', () => {
    const xor = changed((theory) => {
      theory.gates[2].learned = 0;
    });
    expect(xor.verdict).toBe('depends');
    expect(outcomes(xor)[2]).toBe('no');
    const some = changed((theory) => {
      theory.gates[0].learned = 6;
    });
    expect(outcomes(some)[0]).toBe('unclear');
    const flat = changed((theory) => {
      theory.layers[0].gradient_rms = [1, 0.5, 1, 1];
      theory.layers[0].activation_mean = [0, 0, 0.01];
    });
    expect(outcomes(flat).slice(3)).toEqual(['no', 'no', 'yes', 'yes', 'yes', 'yes']);
    const stuck = changed((theory) => {
      theory.optimizers.runs[3].train_loss = spread(0.6, 0.001, 3);
    });
    expect(outcomes(stuck).at(-1)).toBe('no');
  });

  it('does not hold where nothing is', () => {
    const upside = changed((theory) => {
      for (const gate of theory.gates) gate.learned = 10 - gate.learned;
      for (const signals of theory.layers) {
        const off = signals.activation === 'tanh';
        signals.gradient_rms = [1, 1, 1, 1];
        signals.activation_mean = signals.activation_mean.map(() => (off ? 0.5 : 0));
      }
      for (const run of theory.optimizers.runs.slice(1)) run.train_loss = spread(0.9, 0.001, 3);
    });
    expect(upside.verdict).toBe('does not hold');
  });
});
