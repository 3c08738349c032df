import { textOf } from '../../text.ts';

/** The activation functions, drawn and compared. */
export const activations = {
  facts: {
    identity: {
      range: 'all numbers',
      note: 'Layers of it alone make a straight line, however many.',
    },
    step: {
      range: '0 or 1',
      note: 'Its slope is 0 everywhere: no gradient gets through. For the perceptron rule.',
    },
    sigmoid: {
      range: 'between 0 and 1',
      note: 'Its slope is at most a quarter, so gradients shrink from layer to layer.',
    },
    tanh: {
      range: 'between −1 and 1',
      note: 'Centred on 0, with slope 1 there; flat far from it.',
    },
    relu: {
      range: '0 and above',
      note: 'Slope 1 above 0; below it a unit learns nothing and may stay dead.',
    },
    leaky_relu: {
      range: 'all numbers',
      note: 'relu with a small slope below 0, so that no unit stays dead.',
    },
    elu: {
      range: 'above −1',
      note: 'Like relu above 0; smooth below it, with means nearer to 0.',
    },
    gelu: {
      range: 'from about −0.17 up',
      note: 'z times the share of a standard normal below it: a smooth relu that dips below 0.',
    },
    silu: {
      range: 'from about −0.28 up',
      note: 'z times its sigmoid, also called swish: a smooth relu that dips below 0.',
    },
    softplus: {
      range: 'above 0',
      note: 'A relu without its corner; its slope is the sigmoid.',
    },
    mish: {
      range: 'from about −0.31 up',
      note: 'z times the tanh of its softplus: like silu, a smooth relu that dips below 0.',
    },
  },
  slope: 'slope f′(z)',
  values: (range: string) => `Values: ${range}.`,
  plotSummary: ({
    name,
    first,
    last,
    steepest,
    range,
  }: {
    name: string;
    first: string;
    last: string;
    steepest: string;
    range: string;
  }) =>
    `${name} from z = −4 to 4: f goes from ${first} to ${last}, its slope is at most ${steepest}. Values: ${range}.`,
};

export const activationsText = textOf('activations', activations);
