/** The network diagram and the activation functions. */
export const network = {
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
  embedding: (frequencies: string) => `Embedding: ${frequencies} cosines of each number, then all inputs`,
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
