/** `train --from MODEL`: the network goes on from its parameters, on data prepared as its own was. */
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseOther, trainIdentity } from '../../../src/cli/checkpoints/train-identity.ts';
import { generate } from '../../../src/data/prepare/generate.ts';
import { prepare } from '../../../src/data/prepare/prepare.ts';
import { createReferenceEngine } from '../../../src/engine/reference/engine.ts';
import { toModelCard } from '../../../src/export/card/card.ts';
import { loadModel } from '../../../src/model/file/load-model.ts';
import { checkData } from '../../../src/spec/check.ts';
import { fineTuning } from '../../../src/train/fine-tune.ts';
import { digest } from '../../../src/train/fingerprint.ts';
import { train } from '../../../src/train/trainer.ts';
import { enterScratch, leaveScratch, run } from '../../support/commands/command.ts';
import { problemOf } from '../../support/data/tables.ts';

const quick = '--engine reference --hidden 4 --early_stopping false';
const model = (folder: string) => loadModel(readFileSync(`${folder}/model.safetensors`), folder);

beforeAll(async () => {
  enterScratch();
  expect(await run(`train curve.csv --target y ${quick} --epochs 3 --out first --quiet`)).toMatchObject({ code: 0 });
});
afterAll(() => leaveScratch());

const tune = (words: string) => run(`train curve.csv --from first --engine reference ${words}`);

describe('train --from', () => {
  it('begins where the model is: a step of length 0 leaves it as it was', async () => {
    const { code, err } = await tune('--epochs 1 --learning_rate 1e-30 --optimizer sgd --out same --quiet');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(model('same').members[0].parameters).toEqual(model('first').members[0].parameters);
    expect(model('same').preprocessing).toEqual(model('first').preprocessing);
  });

  it('says in the model which one it went on from, and the card how to repeat it', async () => {
    expect((await run('train curve.csv --from first/ --engine reference --epochs 1 --out named --quiet')).code).toBe(0);
    const parameters = await digest(model('first').members[0].parameters);
    expect(model('named').origin.from).toEqual({ name: 'first', parameters });
    expect(model('first').origin).not.toHaveProperty('from');
    const card = toModelCard(model('named'));
    expect(card).toContain(`| went on from | first (SHA-256 of its parameters: \`${parameters}\`) |`);
    const [, command = ''] = card.match(/^perceptron-lab (train .*)$/m) ?? [];
    expect(command).toContain('train curve.csv --from first --optimizer adamw');
    expect((await run(`${command} --engine reference --out again --quiet`)).code).toBe(0);
    expect(model('again').members[0].parameters).toEqual(model('named').members[0].parameters);
  });

  it('takes no network with layers that no setting makes', () => {
    const [member] = model('first').members;
    const { inputs } = member.layers[0];
    const scale = { kind: 'scale' as const, inputs, outputs: inputs, activation: 'identity' as const };
    const scaled = { ...model('first'), members: [{ ...member, layers: [scale, ...member.layers] }] };
    expect(problemOf(() => fineTuning(scaled)).message).toContain('scale layer');
  });

  it('trains on, and answers the rows better than before', async () => {
    const { code, out } = await tune('--epochs 40 --learning_rate 0.01 --early_stopping false --out tuned --json');
    expect(code).toBe(0);
    const { target, settings, metrics } = JSON.parse(out);
    expect({ target, hidden: settings.model.hidden }).toEqual({ target: 'y', hidden: [4] });
    expect(settings).not.toHaveProperty('initial_parameters');
    const { out: before } = await tune('--epochs 1 --learning_rate 1e-30 --optimizer sgd --json');
    expect(metrics.train.rmse).toBeLessThan(JSON.parse(before).metrics.train.rmse);
  });

  it('takes no setting that the model has', async () => {
    for (const [option, said] of [
      ['--hidden 5', '--hidden: follows from the model that --from names; leave it out.\n'],
      ['--target y', '--target: follows from the model that --from names; leave it out.\n'],
      ['--numeric scale', '--numeric: follows from the model that --from names; leave it out.\n'],
      ['--loss mae', '--loss: follows from the model that --from names; leave it out.\n'],
    ]) {
      expect(await tune(`${option} --out refused`)).toMatchObject({ code: 2, err: said });
    }
    expect(existsSync('refused')).toBe(false);
  });

  it('takes the split and the weights of rows', async () => {
    const { code, out } = await tune('--split 0.5,0.5 --epochs 1 --json');
    expect(code).toBe(0);
    expect(JSON.parse(out).rows).toMatchObject({ test: 0 });
  });

  it('is another run where it begins from other parameters', async () => {
    const data = prepare(generate('curve', { rows: 40, seed: 4 }), { target: 'y', numeric: 'scale' });
    const from = (value: number) => {
      const initial_parameters = new Float32Array(2).fill(value);
      const begun = train(createReferenceEngine('reference', ''), data, { model: { hidden: [] }, initial_parameters });
      return trainIdentity(begun, checkData({ target: 'y' }), {});
    };
    refuseOther(await from(1), await from(1));
    const [one, two] = [await from(1), await from(2)];
    expect(problemOf(() => refuseOther(one, two)).message).toContain('from');
  });

  it('says so where there is no such model', async () => {
    const { code, err } = await run('train curve.csv --from nowhere --engine reference');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nowhere') });
  });
});
