/**
 * An ONNX graph while it is built. Each operation is one call that returns the name of its result, so that a formula is
 * written as an expression.
 */
import {
  type Attribute,
  type ElementType,
  elementTypes,
  type Node,
  type OnnxModel,
  type Tensor,
  type ValueInfo,
} from './proto.ts';

/** What an operation is given: the name of a value, or numbers that become a constant. */
export type Value = string | Constant | Texts;
export interface Constant {
  type: 'float' | 'double' | 'int64';
  values: ArrayLike<number>;
  /** As many values as there are unless given. */
  shape?: number[];
}
export interface Texts {
  type: 'string';
  values: readonly string[];
  shape?: number[];
}

/** One double without sides, which any shape takes. */
export const number = (value: number): Constant => ({ type: 'double', values: [value], shape: [] });
export const float = (value: number): Constant => ({ type: 'float', values: [value], shape: [] });
/** A row of numbers: it is applied to every row of a value [row, column]. */
export const numbers = (values: ArrayLike<number>): Constant => ({ type: 'double', values });
export const places = (values: ArrayLike<number>): Constant => ({ type: 'int64', values });

/** ONNX's own operators, and those of `ai.onnx.ml`. Opset 17 is of 2022; later ones have nothing that we need. */
export const operators = { '': 17, 'ai.onnx.ml': 3 };

export class Graph {
  readonly inputs: ValueInfo[] = [];
  readonly outputs: ValueInfo[] = [];
  readonly #nodes: Node[] = [];
  readonly #constants: Tensor[] = [];
  readonly #names = new Set<string>(['']);
  #scope = '';

  get content(): OnnxModel['graph'] {
    const { inputs, outputs } = this;
    return { name: 'perceptron-lab', nodes: this.#nodes, constants: this.#constants, inputs, outputs };
  }

  /** Names of what `build` adds begin with `scope`. */
  within<Result>(scope: string, build: () => Result): Result {
    const outer = this.#scope;
    this.#scope = `${outer}${scope}/`;
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  /** A name that nothing else has: `wanted`, if that is free. */
  unique(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}_${count}`;
    this.#names.add(name);
    return name;
  }

  /** @param name that nothing else has */
  constant(value: Constant | Texts, name = this.unique(`${this.#scope}constant`)): string {
    const { shape = [value.values.length] } = value;
    this.#constants.push({ ...value, name, shape });
    return name;
  }

  /** The result of an operator of ONNX. */
  apply(operator: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}, domain = ''): string {
    const names = inputs.map((input) => (typeof input === 'string' ? input : this.constant(input)));
    const result = this.unique(`${this.#scope}${operator}`);
    this.#nodes.push({ name: result, operator, domain, inputs: names, outputs: [result], attributes });
    return result;
  }

  cast(value: string, type: ElementType): string {
    return this.apply('Cast', [value], { to: { int: elementTypes[type] } });
  }

  /** Values [row, column] side by side. */
  concat(values: readonly string[]): string {
    return values.length === 1 ? values[0] : this.apply('Concat', values, { axis: { int: 1 } });
  }

  /** Some of the columns of a value [row, column], in this order. */
  columns(value: string, which: readonly number[], width: number): string {
    if (which.length === width && which.every((column, at) => column === at)) return value;
    return this.apply('Gather', [value, places(which)], { axis: { int: 1 } });
  }

  /** Gives a value a name from outside. */
  output(value: string, info: ValueInfo): void {
    this.outputs.push(info);
    this.#nodes.push({
      name: info.name,
      operator: 'Identity',
      domain: '',
      inputs: [value],
      outputs: [info.name],
      attributes: {},
    });
  }
}

/** Of a double: ONNX Runtime has the cosine of a float alone, before 1.17. */
export function cosine(graph: Graph, angle: string): string {
  return graph.apply('Sin', [graph.apply('Add', [angle, number(Math.PI / 2)])]);
}
