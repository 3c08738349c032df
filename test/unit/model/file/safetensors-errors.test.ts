/** What is said of a file that is no model of ours, or not all of one. */
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../../../src/model/file/safetensors.ts';
import { encodeSafetensors } from '../../../../src/model/file/write-safetensors.ts';
import { activationNames } from '../../../../src/spec/activations.ts';
import { InputError } from '../../../../src/util/errors.ts';
import { list } from '../../../../src/util/words.ts';
import { contentsOf, putTogether, rebuilt, takeApart } from '../../../support/models/safetensors.ts';

function problemOf(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes, 'model.safetensors');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).not.toContain('\n');
    return (error as InputError).message;
  }
  throw new Error('nothing was refused');
}

describe('what is said of another file', () => {
  const bytes = encodeSafetensors(contentsOf(2, [3], 1));
  const { header, headerLength, data } = takeApart(bytes);
  // biome-ignore lint/suspicious/noExplicitAny: a header that is broken on purpose
  const changed = (change: (header: Record<string, any>) => void, rest = data) => {
    const copy = structuredClone(header);
    change(copy);
    return putTogether(copy, rest);
  };
  const ours = 'model.safetensors is not a model of Perceptron Lab';
  const format = 'model.safetensors is not a safetensors file';

  const headerText = JSON.stringify(header);
  const twice = (name: string) => putTogether(headerText.replace(/}$/, `,${JSON.stringify(name)}:{}}`), data);
  const saidTwice = (name: string) => `\`${name}\` is given twice in one group; keep one of them`;
  const notFinite: [number, number, string][] = [
    [Number.NaN, 1, '1 is no finite number'],
    [Number.NEGATIVE_INFINITY, 2, '2 are no finite numbers'],
  ];
  const otherLayers: [string, unknown, [string, string]][] = [
    ['hidden', [4], ['[4]', '[3]']],
    ['hidden', [3, 3], ['[3,3]', '[3]']],
    ['activation', 'relu', ['["relu"]', '["tanh"]']],
    ['output_activation', 'tanh', ['"tanh"', '"identity"']],
  ];

  it.each([
    ['empty', new Uint8Array(), `${format}: it is shorter than 8 bytes.`],
    ['text', new TextEncoder().encode('x,y\n1,2\n3,4\n'), `${format}: it does not begin with the length of a header.`],
    [
      'cut within the header',
      bytes.subarray(0, 100),
      `${format}: it ends within its header; it may be cut short, so copy it again.`,
    ],
    [
      'cut within the tensors',
      bytes.subarray(0, 8 + headerLength + 40),
      'model.safetensors ends within layers.1.weight; it may be cut short, so copy it again.',
    ],
    [
      'cut by one byte',
      bytes.subarray(0, -1),
      'model.safetensors ends within layers.1.bias; it may be cut short, so copy it again.',
    ],
    ['header not JSON', putTogether('{"a":', data), `${format}: its header is not JSON.`],
    ['header a list', putTogether([1], data), `${format}: its header does not begin with {.`],
    ['tensor no tensor', putTogether({ a: 1 }, data), `${format}: its header says of "a" what no tensor is.`],
    [
      'no metadata',
      changed((h) => delete h.__metadata__),
      `${ours}: it is a safetensors file that another program wrote.`,
    ],
    [
      'metadata of others',
      changed((h) => (h.__metadata__ = { format: 'pt' })),
      `${ours}: it is a safetensors file that another program wrote.`,
    ],
    ['metadata not text', changed((h) => (h.__metadata__.version = 1)), `${format}: its metadata is not text by name.`],
    [
      'later version',
      changed((h) => (h.__metadata__.version = '4')),
      `${ours}: its version is "4"; this program reads versions 1, 2 and 3.`,
    ],
    ['other dtype', changed((h) => (h['layers.0.bias'].dtype = 'I32')), `${ours}: layers.0.bias is "I32", not F32.`],
    [
      'dtype of another size',
      changed((h) => (h['layers.0.bias'].dtype = 'F16')),
      `${format}: layers.0.bias takes 12 bytes, not 6.`,
    ],
    [
      'other shape',
      changed((h) => (h['layers.0.weight'].shape = [2, 3])),
      `${ours}: layers.0.weight has shape [2, 3], not [2, 2].`,
    ],
    [
      'other rank',
      changed((h) => (h['layers.0.bias'].shape = [3, 1])),
      `${ours}: layers.0.bias has shape [3, 1], not [3].`,
    ],
    [
      'empty layer',
      rebuilt(bytes, ({ tensors }) => {
        tensors['layers.0.weight'] = { dtype: 'F32', shape: [0, 2], bytes: new Uint8Array() };
      }),
      `${ours}: layers.0.weight is empty.`,
    ],
    [
      'missing bias',
      rebuilt(bytes, ({ tensors }) => delete tensors['layers.1.bias']),
      `${ours}: it has no tensor layers.1.bias.`,
    ],
    [
      'missing layer',
      rebuilt(bytes, ({ tensors }) => {
        delete tensors['layers.1.weight'];
        delete tensors['layers.1.bias'];
      }),
      `${ours}: it has no tensor layers.1.weight.`,
    ],
    [
      'tensor too many',
      rebuilt(bytes, ({ tensors }) => {
        tensors.extra = tensors['layers.1.bias'];
      }),
      `${ours}: it has 5 tensors where 2 layers make 4.`,
    ],
    [
      'wrong size',
      changed((h) => (h['layers.0.bias'].data_offsets = [24, 40])),
      `${format}: layers.0.bias takes 16 bytes, not 12.`,
    ],
    [
      'beyond the end',
      changed((h) => (h['layers.1.bias'].data_offsets = [48, 60])),
      'model.safetensors ends within layers.1.bias; it may be cut short, so copy it again.',
    ],
    [
      'overlap',
      changed((h) => (h['layers.1.bias'].data_offsets = [44, 48])),
      `${format}: layers.1.bias begins before the tensor before it ends.`,
    ],
    [
      'same bytes twice',
      changed((h) => (h.extra = h['layers.1.bias'])),
      `${format}: extra begins before the tensor before it ends.`,
    ],
    [
      'hole',
      changed((h) => (h['layers.1.bias'].data_offsets = [52, 56]), Uint8Array.of(...data, 0, 0, 0, 0)),
      `${format}: there are bytes of no tensor before layers.1.bias.`,
    ],
    [
      'hole at the start',
      changed((h) => delete h['layers.0.weight']),
      `${format}: there are bytes of no tensor before layers.0.bias.`,
    ],
    ['bytes after the tensors', Uint8Array.of(...bytes, 0), `${format}: it goes on for 1 byte after its last tensor.`],
    [
      'shape beyond all numbers',
      changed((h) => (h['layers.0.weight'].shape = Array(40).fill(Number.MAX_SAFE_INTEGER))),
      `${format}: layers.0.weight takes 24 bytes, not Infinity.`,
    ],
    [
      'blank before the header',
      putTogether(` ${JSON.stringify(header)}`, data),
      `${format}: its header does not begin with {.`,
    ],
    [
      'header within a mark of UTF-8',
      putTogether(`\ufeff${JSON.stringify(header)}`, data),
      `${format}: its header does not begin with {.`,
    ],
    ['tensor twice', twice('layers.1.bias'), `${format}: its header cannot be read (${saidTwice('layers.1.bias')}).`],
    [
      'tensor twice, its name written in two ways',
      putTogether(headerText.replace('{', '{"l\\u0061yers.1.bias":0,'), data),
      `${format}: its header cannot be read (${saidTwice('layers.1.bias')}).`,
    ],
    ['metadata twice', twice('__metadata__'), `${format}: its header cannot be read (${saidTwice('__metadata__')}).`],
    [
      'name twice in the metadata',
      putTogether(headerText.replace('"format":', '"format":"pt","format":'), data),
      `${format}: its header cannot be read (${saidTwice('format')}).`,
    ],
    [
      'setting twice',
      changed((h) => (h.__metadata__.settings = '{"training":{"epochs":1,"epochs":2}}')),
      `${ours}: its settings cannot be read (${saidTwice('epochs')}).`,
    ],
    [
      'name that objects inherit',
      putTogether(headerText.replace('{', '{"__proto__":{"dtype":"F32"},'), data),
      `${format}: its header cannot be read (nothing in it may be called \`__proto__\`).`,
    ],
    [
      'header within brackets',
      putTogether(`{"a":${'['.repeat(100_000)}`, data),
      `${format}: its header cannot be read (it has groups within groups, over 3 deep).`,
    ],
    [
      'origin within brackets',
      changed((h) => (h.__metadata__.origin = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)),
      `${ours}: its origin cannot be read (it has groups within groups, over 64 deep).`,
    ],
    ...notFinite.map(([value, count, said]): [string, Uint8Array, string] => [
      `weights of ${value}`,
      rebuilt(bytes, ({ tensors }) => {
        const view = new DataView(tensors['layers.0.weight'].bytes.buffer);
        for (let i = 0; i < count; i++) view.setFloat32(4 * i + 4, value, true);
      }),
      `${ours}: of the values of layers.0.weight, ${said}.`,
    ]),
    ...otherLayers.map(([setting, own, [input, found]]): [string, Uint8Array, string] => [
      `settings of another ${setting}`,
      changed((h) => {
        const settings = JSON.parse(h.__metadata__.settings);
        settings.model[setting] = own;
        h.__metadata__.settings = JSON.stringify(settings);
      }),
      `${ours}: its settings have model.${setting} ${input}, its layers have ${found}.`,
    ]),
    [
      'kinds of more layers',
      changed((h) => (h.__metadata__.layers = '["dense","dense","dense"]')),
      `${ours}: it says of 3 layers of what kind they are, and has 2.`,
    ],
    [
      'other activation',
      changed((h) => (h.__metadata__.activations = '["tanh","swish"]')),
      `${ours}: its activations cannot be read (1: "swish" is not known; choose ${list(activationNames)} (did you mean silu?)).`,
    ],
    [
      'no preprocessing',
      changed((h) => delete h.__metadata__.preprocessing),
      `${ours}: its preprocessing cannot be read (null is not a group of settings).`,
    ],
    [
      'more targets',
      changed((h) => {
        const p = JSON.parse(h.__metadata__.preprocessing);
        p.targets.push(p.targets[0]);
        h.__metadata__.preprocessing = JSON.stringify(p);
      }),
      `${ours}: its last layer does not have the outputs that its targets ask for.`,
    ],
    [
      'bad settings',
      changed((h) => (h.__metadata__.settings = '{"training":{"epochs":-1}}')),
      `${ours}: its settings cannot be read (training.epochs: -1 is too small; give a value of at least 1 (default 200)).`,
    ],
  ])('%s', (_, file, message) => {
    expect(problemOf(file)).toBe(message);
  });
});
