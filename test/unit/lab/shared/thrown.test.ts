/** What a worker throws arrives with all that it says. */
import { expose, wrap } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryErrors } from '../../../../src/lab/shared/thrown.ts';
import { page } from '../../../../src/messages/en/page.ts';
import { InputError, RunError, saidBy } from '../../../../src/util/errors.ts';
import { message } from '../../../../src/util/message.ts';

const said = message(page, 'sample_unfetched', {
  file: 'a.csv',
  why: message(page, 'response_status', { status: 404 }),
});

const worker = {
  refuse: () => {
    throw new InputError(said, 'training.epochs');
  },
  fail: () => {
    throw new RunError(said);
  },
  failPlainly: () => {
    throw new RunError('The disk is full.');
  },
  break: () => {
    throw new TypeError('not a function');
  },
  throwText: () => {
    throw 'text';
  },
};

const { port1, port2 } = new MessageChannel();
const remote = wrap<typeof worker>(port1);
const thrownBy = (call: Promise<unknown>) => call.catch((error: unknown) => error);

beforeAll(() => {
  carryErrors();
  expose(worker, port2);
});
afterAll(() => port1.close());

describe('an error from a worker', () => {
  it('keeps its kind, code, parameters and place', async () => {
    const error = await thrownBy(remote.refuse());
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ name: 'InputError', ...codeOf(said), message: said.text, where: 'training.epochs' });
    expect(saidBy(error)).toEqual(said);
  });

  it('is a RunError where the run failed', async () => {
    const error = await thrownBy(remote.fail());
    expect(error).toBeInstanceOf(RunError);
    expect(error).toMatchObject({ name: 'RunError', ...codeOf(said), message: said.text });
    expect(String((error as Error).stack)).toContain('thrown.test');
  });

  it('needs no code', async () => {
    const error = await thrownBy(remote.failPlainly());
    expect(error).toBeInstanceOf(RunError);
    expect(saidBy(error)).toBe('The disk is full.');
  });

  it('stays as comlink has it where it is ours to mend', async () => {
    expect(await thrownBy(remote.break())).toMatchObject({ name: 'TypeError', message: 'not a function' });
    expect(await thrownBy(remote.throwText())).toBe('text');
  });
});

function codeOf({ code, params }: typeof said) {
  return { code, params };
}
