/** The network diagram and the activation functions. */
export const network = {
  activations: {
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
  compareActivations: (layers: string) => `Compare the activation functions, ${layers}`,
  activationsOf: (layers: string) => `Activation functions, ${layers}`,
  activation: 'Activation',
  diagramKeys: 'Arrow keys change the units, page keys by more; Enter edits this layer by itself, Delete removes it.',
  hiddenLayerUnits: (layer: number) => `Hidden layer ${layer}, units`,
  diagramDrag: 'Drag up or down for more or fewer units; click to edit this layer by itself',
  oneUnit: '1 unit',
  units: (units: string) => `${units} units`,
  diagramNoHidden: ({ inputs, outputs }: { inputs: number; outputs: number }) =>
    `Network: ${inputs} inputs, no hidden layer, ${outputs} outputs.`,
  diagramSummary: ({ inputs, hidden, outputs }: { inputs: number; hidden: string; outputs: number }) =>
    `Network: ${inputs} inputs, hidden layers of ${hidden} units, ${outputs} outputs.`,
  diagramLines: (epoch: number) =>
    `Lines are weights as they are after epoch ${epoch}: the wider the larger, orange above 0, blue below.`,
  noHiddenLayers: 'No hidden layers',
  allLayersTab: 'All layers',
  layerOf: ({ layer, layers }: { layer: number; layers: number }) => `Layer ${layer} of ${layers}`,
  removeLastLayer: 'Remove the last hidden layer',
  removeLayer: (layer: number) => `Remove hidden layer ${layer}`,
  layer: 'Layer',
  addLayer: 'Add a hidden layer',
  addLayerAfter: (layer: number) => `Add a hidden layer after layer ${layer}`,
  allHiddenLayers: 'all hidden layers',
  hiddenLayer: (layer: number) => `hidden layer ${layer}`,
  dropout: (dropout: string | number) => `dropout ${dropout}`,
  parameters: (parameters: string) => `${parameters} parameters`,
  memory: ({
    bytes,
    parameters,
    optimizer,
    data,
  }: {
    bytes: string;
    parameters: string;
    optimizer: string;
    data: string;
  }) => `about ${bytes}: ${parameters} parameters, ${optimizer} optimizer, ${data} data`,
  planChosenAnew: (plan: string) => `plan: ${plan}; chosen anew at the restart`,
  plan: (plan: string) => `plan: ${plan}`,
};
