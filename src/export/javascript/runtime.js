/**
 * The code of `predict.js`: how rows become answers, for any model. It is written into the file as it is here, but for names
 * and blanks (`tools/minified.ts`), and stands alone there. What it computes is said in `../description.ts`; that it agrees
 * with `Model.predict` is tested.
 */

/**
 * @param model a `ModelDescription`, with the shape alone of each tensor
 * @param values of all tensors, in their order
 */
export function createPredictor({ inputs, features, members, average, temperature, outputs }, values) {
  let at = 0;
  const networks = members.map(({ weight, layers }) => ({
    weight,
    layers: layers.map((layer) => {
      const tensors = {};
      for (const [name, shape] of Object.entries(layer.tensors)) {
        const size = shape.reduce((product, side) => product * side, 1);
        tensors[name] = values.subarray(at, at + size);
        at += size;
      }
      return { ...layer, ...tensors };
    }),
  }));
  const encoders = inputs.map(encoderOf);

  /** @param columns the cells of each */
  function outputsOf(columns, row) {
    const x = new Float32Array(features);
    inputs.forEach(({ column, from, width }, input) => {
      encoders[input](columns[input][row], x, from);
      if (!x.subarray(from, from + width).every(Number.isFinite)) {
        refuse(column, row, 'is too far from the rows of training');
      }
    });
    const parts = networks.map(({ layers }) => layers.reduce(forward, x));
    return combine(parts, networks, average).map((value, output) => {
      const { limits } = outputs[output] ?? {};
      if (!limits) return value / temperature;
      // A sum that overflowed is no prediction at a limit.
      return Number.isFinite(value) ? Math.max(limits[0], Math.min(limits[1], value)) : Number.NaN;
    });
  }

  function requireColumns(rows) {
    for (const { column } of inputs) {
      if (rows.some((row) => Object.hasOwn(row, column))) continue;
      const there = Object.keys(rows[0]).map((name) => JSON.stringify(name));
      throw new TypeError(
        `predict: no row has the column ${JSON.stringify(column)}; row 1 has ${there.join(', ') || 'none'}. Give null where it is missing.`,
      );
    }
  }

  return function predict(rows) {
    if (!Array.isArray(rows)) throw new TypeError('predict: takes a list of rows, such as [{ column: cell }]');
    if (rows.length > 0) requireColumns(rows);
    const columns = inputs.map((input) => readColumn(input, rows));
    return rows.map((_, row) => {
      const z = outputsOf(columns, row);
      if (outputs[0].kind === 'classes') return chosen(outputs[0].classes, z, average);
      const answers = outputs.map((output, target) => answer(output, z[target]));
      if (outputs.length === 1) return answers[0];
      return { targets: Object.fromEntries(answers.map((one, target) => [outputs[target].column, one])) };
    });
  };
}

function refuse(column, row, what) {
  throw new TypeError(`predict: row ${row + 1}, column ${JSON.stringify(column)}: ${what}`);
}

const isMissing = (cell) =>
  cell === undefined || cell === null || Number.isNaN(cell) || (typeof cell === 'string' && cell.trim() === '');

/**
 * The cells of a column: numbers and days as numbers, NaN where there is none. What is no number is missing, as in
 * `Model.predict`, unless the column has nothing else.
 */
function readColumn({ column, kind }, rows) {
  const cells = rows.map((row) => (Object.hasOwn(row, column) ? row[column] : null));
  const [read, what] = readers[kind] ?? [];
  if (!read) return cells;
  const refused = (row) => refuse(column, row, `${JSON.stringify(String(cells[row]))} is no ${what}`);
  const values = cells.map((cell, row) => (isMissing(cell) ? Number.NaN : read(cell, () => refused(row))));
  const odd = cells.findIndex((cell) => !isMissing(cell) && !(kind === 'number' && noValue.test(cell)));
  if (odd >= 0 && values.every(Number.isNaN)) refused(odd);
  return values;
}

/** What says of itself that it is no number, or is one beyond those of a computer. */
const noValue =
  /^(tb[adc]|n\/?a|n\.a\.|nil|none|unknown|missing|---?|–|—|-?nan|[+-]?(inf(inity)?|∞)|없음|미상|미정|해당 ?없음|모름|무응답|결측|.*\d.*)$/i;

/** Whether `Model.predict` may read something in it that is not read here, such as 12 kg: no guess is made. */
const hasDigits = (text) => /\d/.test(text.normalize('NFKC'));

function encoderOf(input) {
  if (input.kind === 'boolean') {
    const find = levelFinder([input.falsehood, input.truth]);
    return (cell, x, from) => {
      const place = typeof cell === 'boolean' ? Number(cell) : isMissing(cell) ? -1 : find(String(cell));
      x[from] = place < 0 ? input.missing : place;
    };
  }
  if (input.kind === 'category') {
    const find = levelFinder(input.levels);
    return (cell, x, from) => {
      const level = isMissing(cell) ? -1 : find(String(cell));
      const place = level >= 0 ? level : isMissing(cell) ? input.missing : input.unknown;
      if (place >= 0) x[from + place] = 1;
    };
  }
  const { encoding, missing, indicator, turns = [] } = input;
  return (cell, x, from) => {
    const absent = Number.isNaN(cell);
    const value = absent ? missing : cell;
    let at = from + encode(encoding, value, x, from);
    if (indicator) x[at++] = absent ? 1 : 0;
    for (const turn of turns) {
      const angle = (2 * Math.PI * (value % turn)) / turn;
      x[at++] = Math.sin(angle);
      x[at++] = Math.cos(angle);
    }
  };
}

function numberOf(cell, refuse) {
  if (typeof cell === 'number' || typeof cell === 'bigint')
    return Number.isFinite(Number(cell)) ? Number(cell) : refuse();
  const text = textOf(cell, refuse);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return hasDigits(text) ? refuse() : Number.NaN;
  return Number.isFinite(Number(text)) ? Number(text) : Number.NaN;
}

const textOf = (cell, refuse) =>
  typeof cell === 'string' || typeof cell === 'boolean' ? String(cell).trim() : refuse();

/** Days since 1970-01-01 UTC. */
function daysOf(cell, refuse) {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? refuse() : cell.getTime() / 86_400_000;
  const written =
    /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d(?:\.\d+)?))?(?: ?(?:Z|UTC|([+-]\d\d):?(\d\d)))?)?$/i;
  const text = textOf(cell, refuse);
  const parts = written.exec(text);
  if (!parts) return hasDigits(text) ? refuse() : Number.NaN;
  const [year, month, day, hour = 0, minute = 0, second = 0, away = 0, more = 0] = parts.slice(1);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === Number(day);
  if (!isDay || hour > 23 || minute > 59 || second >= 60 || Math.abs(away) > 23 || more > 59) return Number.NaN;
  const offset = Number(away) * 60 + (String(away).startsWith('-') ? -more : Number(more));
  const minutes = Number(hour) * 60 + Number(minute) - offset;
  return date.getTime() / 86_400_000 + (minutes * 60 + Number(second)) / 86_400;
}

const readers = {
  number: [numberOf, 'number such as 1234.5'],
  date: [daysOf, 'Date and no date such as 2024-05-31'],
};

/** The place of a text among levels, however it is written, if that is certain; else -1. */
function levelFinder(levels) {
  const plain = (text) =>
    text
      .normalize('NFKC')
      .replace(/[\s\u200b-\u200d\ufeff]+/g, ' ')
      .trim();
  const keys = [(text) => text, plain, (text) => plain(text).toLowerCase()];
  const finders = keys.map((key) => {
    const places = new Map();
    // Of two levels with the same key neither is meant.
    levels.forEach((level, place) => {
      places.set(key(level), places.has(key(level)) ? -1 : place);
    });
    return (text) => places.get(key(text)) ?? -1;
  });
  return (text) => finders.reduce((place, find) => (place < 0 ? find(text) : place), -1);
}

/** Writes the features of a number; returns how many. */
function encode(encoding, value, x, at) {
  if (encoding.kind === 'quantile') {
    x[at] = clamp(normalQuantile(shareBelow(encoding.quantiles, value)), 3.1);
    return 1;
  }
  if (encoding.kind === 'piecewise_linear') {
    const { edges } = encoding;
    for (let piece = 0; piece + 1 < edges.length; piece++) {
      const through = (value - edges[piece]) / (edges[piece + 1] - edges[piece]);
      x[at + piece] = Math.max(0, Math.min(1, through)) - 0.5;
    }
    return edges.length - 1;
  }
  const z = (value - encoding.offset) / encoding.scale;
  const far = Math.abs(z) > 3;
  const squashed = far ? (Math.sign(z) * 3) / Math.sqrt(1 + (3 / z) ** 2) : z / Math.sqrt(1 + (z / 3) ** 2);
  x[at] = encoding.kind === 'robust' ? squashed : z;
  return 1;
}

const clamp = (value, limit) => Math.max(-limit, Math.min(limit, value));

/** Quantiles are evenly spaced; for a value that several have, the middle of them. */
function shareBelow(quantiles, value) {
  const last = quantiles.length - 1;
  const upTo = quantiles.filter((quantile) => quantile <= value).length - 1;
  const from = quantiles.filter((quantile) => quantile < value).length;
  if (from <= upTo) return (from + upTo) / 2 / last;
  if (upTo < 0 || from > last) return upTo < 0 ? 0 : 1;
  return (upTo + (value - quantiles[upTo]) / (quantiles[from] - quantiles[upTo])) / last;
}

/** By Newton's method from the middle, which comes nearer with every step: the density falls from there on. */
function normalQuantile(share) {
  let x = 0;
  for (let step = 0; step < 12; step++) {
    x -= (erf(x / Math.SQRT2) / 2 + 0.5 - share) * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2);
  }
  return x;
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z));
const softplus = (z) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
const activations = {
  identity: (z) => z,
  step: (z) => (z > 0 ? 1 : 0),
  sigmoid,
  tanh: Math.tanh,
  relu: (z) => Math.max(z, 0),
  leaky_relu: (z) => (z > 0 ? z : 0.01 * z),
  elu: (z) => (z > 0 ? z : Math.expm1(z)),
  gelu: (z) => (z * (1 + erf(z / Math.SQRT2))) / 2,
  silu: (z) => z * sigmoid(z),
  softplus,
  mish: (z) => z * Math.tanh(softplus(z)),
};

/** By its series (Abramowitz & Stegun 7.1.6). */
function erf(x) {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The activations of a layer, stored as float32; sums are taken in float64. */
function forward(x, layer) {
  const f = activations[layer.activation];
  const sumOf = layerMath[layer.kind];
  const result = new Float32Array(layer.outputs);
  for (let o = 0; o < result.length; o++) result[o] = f(sumOf(x, layer, o));
  return result;
}

const layerMath = {
  dense(x, { inputs, weight, bias }, o) {
    let sum = bias[o];
    for (let i = 0, w = o * inputs; i < inputs; i++, w++) sum += x[i] * weight[w];
    return sum;
  },
  scale: (x, { scale, shift }, o) => x[o] * scale[o] + shift[o],
  periodic(x, { embedded, frequency, phase }, o) {
    const cosines = frequency.length;
    if (o >= cosines) return x[o - cosines];
    const input = embedded[Math.floor((o * embedded.length) / cosines)];
    return Math.cos(2 * Math.PI * frequency[o] * x[input] + phase[o]);
  },
};

function logSumExp(values) {
  const largest = Math.max(...values);
  return Number.isFinite(largest)
    ? largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
    : largest;
}

/** The outputs of members as one: their mean, or the logits of their mean probabilities. */
function combine(parts, networks, average) {
  if (parts.length === 1) return parts[0];
  const logs = networks.map(({ weight }) => Math.log(weight));
  return parts[0].map((_, o) => {
    const own = parts.map((part) => part[o]);
    if (average === 'values') return own.reduce((sum, z, m) => sum + networks[m].weight * z, 0);
    if (average === 'softmax') return logSumExp(own.map((z, m) => logs[m] - logSumExp([...parts[m]]) + z));
    const rest = own.map((z, m) => logs[m] - Math.log1p(Math.exp(-Math.abs(z))));
    return (
      logSumExp(own.map((z, m) => rest[m] + Math.min(z, 0))) - logSumExp(own.map((z, m) => rest[m] - Math.max(z, 0)))
    );
  });
}

function answer({ offset, scale, log, half_width }, z) {
  const inUnits = (output) => (log ? Math.expm1(output * scale + offset) : output * scale + offset);
  if (half_width === undefined) return { value: inUnits(z) };
  return { value: inUnits(z), low: inUnits(z - half_width), high: inUnits(z + half_width) };
}

function chosen(classes, z, average) {
  const share = (output) => (average === 'logistic' ? sigmoid(output) : Math.max(0, Math.min(1, output)));
  let shares;
  let place;
  if (z.length === 1) {
    place = (average === 'logistic' ? z[0] > 0 : z[0] >= 0.5) ? 1 : 0;
    shares = [average === 'logistic' ? sigmoid(-z[0]) : 1 - share(z[0]), share(z[0])];
  } else {
    place = z.reduce((best, output, o) => (output > z[best] ? o : best), 0);
    const parts = average === 'softmax' ? Array.from(z, (output) => Math.exp(output - z[place])) : Array.from(z, share);
    const sum = parts.reduce((total, part) => total + part, 0);
    shares = parts.map((part) => (sum > 0 ? part / sum : 1 / parts.length));
  }
  return { class: classes[place], probabilities: Object.fromEntries(classes.map((name, c) => [name, shares[c]])) };
}
