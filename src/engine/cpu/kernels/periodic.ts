// The periodic layer, one panel at a time: z[o,r] = cos(2 pi frequency[o] x[source(o),r] + phase[o]) for its units with weights,
// and after these all inputs unchanged. Frequencies and phases lie side by side, [unit], as does the input of each unit.
// A vector has four rows of one unit, or with one lane four units of one row, past the last unit too: what is written
// there is overwritten or set to 0.
import * as LAYER from './layer-fields';
import { blockBytes, lanes, unitBytes } from './place';
import { cosineOfTurns, madd, splat, sum4 } from './vector';

const turns: f32 = 0.15915494309189535;
const fullTurn: f32 = 6.283185307179586;

/** Four of the numbers [unit] at `from` that go with unit `o`: of four units, or four times that of one. */
@inline
function numbersAt(from: usize, o: usize): v128 {
  return lanes == 1 ? v128.load(from + (o << 2)) : v128.load_splat<f32>(from + (o << 2));
}

/** The inputs of four units of one row, or of one unit of the four rows at `row` bytes in a panel. */
@inline
function inputsAt(sources: usize, x: usize, o: usize, row: usize): v128 {
  const at = sources + (o << 2);
  if (lanes > 1) return v128.load(x + load<usize>(at) * unitBytes + row);
  return f32x4(
    load<f32>(x + (load<usize>(at) << 2)),
    load<f32>(x + (load<usize>(at, 4) << 2)),
    load<f32>(x + (load<usize>(at, 8) << 2)),
    load<f32>(x + (load<usize>(at, 12) << 2)),
  );
}

/** What the cosine is of, in turns. */
@inline
function turnsOf(frequency: v128, phase: v128, x: v128): v128 {
  return madd(frequency, x, f32x4.mul(phase, splat(turns)));
}

/** sin(2 pi t) = cos(2 pi (t - 1/4)) */
@inline
function sineOfTurns(t: v128): v128 {
  return cosineOfTurns(f32x4.sub(t, splat(0.25)));
}

/** Units that a vector has. */
@inline
function step(): usize {
  return lanes == 1 ? 4 : 1;
}

/** z of one panel from its x. */
export function periodicValues(
  record: usize,
  frequencies: usize,
  phases: usize,
  x: usize,
  inputs: usize,
  z: usize,
): void {
  const units = load<usize>(record, LAYER.UNITS);
  const sources = load<usize>(record, LAYER.SOURCES);
  for (let o: usize = 0; o < units; o += step()) {
    const frequency = numbersAt(frequencies, o);
    const phase = numbersAt(phases, o);
    for (let row: usize = 0; row < step() * unitBytes; row += 16) {
      const t = turnsOf(frequency, phase, inputsAt(sources, x, o, row));
      v128.store(z + o * unitBytes + row, cosineOfTurns(t));
    }
  }
  memory.copy(z + units * unitBytes, x, inputs * unitBytes);
}

/** dLoss/dx of one panel, from its errors and x. */
export function periodicErrors(
  record: usize,
  frequencies: usize,
  phases: usize,
  x: usize,
  e: usize,
  inputs: usize,
  to: usize,
): void {
  const units = load<usize>(record, LAYER.UNITS);
  const sources = load<usize>(record, LAYER.SOURCES);
  memory.copy(to, e + units * unitBytes, inputs * unitBytes);
  for (let o: usize = 0; o < units; o += step()) {
    const frequency = numbersAt(frequencies, o);
    const phase = numbersAt(phases, o);
    const rate = f32x4.mul(frequency, splat(-fullTurn));
    for (let row: usize = 0; row < step() * unitBytes; row += 16) {
      const sine = sineOfTurns(turnsOf(frequency, phase, inputsAt(sources, x, o, row)));
      const share = f32x4.mul(f32x4.mul(v128.load(e + o * unitBytes + row), rate), sine);
      const source = sources + (o << 2);
      if (lanes > 1) {
        const at = to + load<usize>(source) * unitBytes + row;
        v128.store(at, f32x4.add(v128.load(at), share));
        continue;
      }
      addTo(to, load<usize>(source), f32x4.extract_lane(share, 0));
      if (o + 1 < units) addTo(to, load<usize>(source, 4), f32x4.extract_lane(share, 1));
      if (o + 2 < units) addTo(to, load<usize>(source, 8), f32x4.extract_lane(share, 2));
      if (o + 3 < units) addTo(to, load<usize>(source, 12), f32x4.extract_lane(share, 3));
    }
  }
}

@inline
function addTo(values: usize, index: usize, value: f32): void {
  const at = values + (index << 2);
  store<f32>(at, load<f32>(at) + value);
}

/**
 * Gradients of the 8 units of a block: of frequencies into `toFrequencies`, of phases into `toPhases`; 0 past the last unit.
 * x and errors e of all panels lie `xPanel` and `ePanel` bytes apart.
 */
export function periodicGradients(
  record: usize,
  frequencies: usize,
  phases: usize,
  block: i32,
  x: usize,
  xPanel: usize,
  e: usize,
  ePanel: usize,
  panels: i32,
  toFrequencies: usize,
  toPhases: usize,
): void {
  const sources = load<usize>(record, LAYER.SOURCES);
  const begin = <usize>block << 3;
  const end = min(begin + 8, load<usize>(record, LAYER.UNITS));
  for (let o = begin; o < end; o += step()) {
    const frequency = numbersAt(frequencies, o);
    const phase = numbersAt(phases, o);
    let ofFrequency = splat(0);
    let ofPhase = splat(0);
    let xAt = x;
    let eAt = e + o * unitBytes;
    for (let p = 0; p < panels; p++, xAt += xPanel, eAt += ePanel) {
      for (let row: usize = 0; row < step() * unitBytes; row += 16) {
        const input = inputsAt(sources, xAt, o, row);
        const sine = sineOfTurns(turnsOf(frequency, phase, input));
        const share = f32x4.mul(v128.load(eAt + row), sine);
        ofFrequency = f32x4.sub(ofFrequency, f32x4.mul(share, input));
        ofPhase = f32x4.sub(ofPhase, share);
      }
    }
    ofFrequency = f32x4.mul(ofFrequency, splat(fullTurn));
    const at = (o - begin) << 2;
    if (lanes > 1) {
      store<f32>(toFrequencies + at, sum4(ofFrequency));
      store<f32>(toPhases + at, sum4(ofPhase));
    } else {
      v128.store(toFrequencies + at, ofFrequency);
      v128.store(toPhases + at, ofPhase);
    }
  }
  const past = (end - begin) << 2;
  memory.fill(toFrequencies + past, 0, 32 - past);
  memory.fill(toPhases + past, 0, 32 - past);
}
