/** What tests of the GPU engine's behaviour share: a small problem, engines that measure nothing, results. */
import type { Engine, Population, PopulationSettings } from '../../../src/engine/engine.ts';
import { type Case, makePopulation, uneven } from '../support/cases.ts';
import { gpuEngine } from '../support/engines.ts';

export const problem: Case = { ...uneven, trials: 3 };

/** How the plans are laid out is no matter for behaviour, and measuring it takes longer than most of these tests. */
export const fixed = { core: 'direct', resident: { memory: 'storage', threads: 4 } } as const;
export const fixedEngine = (slice_ms?: number): Promise<Engine> => gpuEngine({ ...fixed, slice_ms });

export const plans = ['layered', 'resident'] as const;

/** Trained parameters of every trial, and all losses. */
export async function resultOf(population: Population, steps: number) {
  const { losses } = await population.train(steps);
  const parameters = await Promise.all(
    Array.from({ length: population.trials }, (_, trial) => population.parameters(trial)),
  );
  return { losses, parameters };
}

/** Mixed trials: every activation x optimizer x batch size of the founding grid, and seeds. */
export function grid(hidden: number[], seeds: number): PopulationSettings {
  const kinds = (['sigmoid', 'tanh', 'relu', 'leaky_relu'] as const).flatMap((activation) =>
    (['sgd', 'adam'] as const).flatMap((optimizer) =>
      [1, 4, 8].map((batch_size) => ({ activation, optimizer, batch_size })),
    ),
  );
  const settings = makePopulation({ ...problem, columns: 1, hidden, trials: kinds.length * seeds });
  settings.trials = settings.trials.map((numbers, trial) => {
    const { activation, optimizer, batch_size } = kinds[trial % kinds.length];
    const activations = [...hidden.map(() => activation), 'identity' as const];
    return { ...numbers, activations, optimizer, batch_size, learning_rate: 1e-3, betas: [0.9, 0.999] };
  });
  return settings;
}
