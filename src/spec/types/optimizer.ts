// Made by tools/settings-types.ts from the schemas of src/spec: change those, then `npm run settings-types`.

/** How a gradient becomes a step; what is left out takes its default. */
export type OptimizerSettingsInput =
  | {
      kind: 'sgd';
      /**
       * How far one step moves the parameters along the gradient.
       * Number above 0, up to 1,000.
       * @defaultValue `0.01`
       */
      learning_rate?: number;
      /**
       * Share of the last step carried into the next (PyTorch: v = momentum v + g, w -= lr v).
       * Number from 0 to below 1.
       * @defaultValue `0`
       */
      momentum?: number;
      /**
       * Look ahead along the momentum: w -= lr (g + momentum v).
       * @defaultValue `false`
       */
      nesterov?: boolean;
      /**
       * Share of each weight, times the learning rate, taken away every step; decoupled from the gradient.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      weight_decay?: number;
    }
  | {
      kind: 'rmsprop';
      /**
       * How far one step moves the parameters along the gradient.
       * Number above 0, up to 1,000.
       * @defaultValue `0.01`
       */
      learning_rate?: number;
      /**
       * Share of the last step carried into the next (PyTorch: v = momentum v + g, w -= lr v).
       * Number from 0 to below 1.
       * @defaultValue `0`
       */
      momentum?: number;
      /**
       * Decay of the running mean of the squared gradient.
       * Number from 0 to below 1.
       * @defaultValue `0.99`
       */
      alpha?: number;
      /**
       * Added outside the square root, against division by zero.
       * Number above 0, up to 1.
       * @defaultValue `1e-8`
       */
      epsilon?: number;
      /**
       * Share of each weight, times the learning rate, taken away every step; decoupled from the gradient.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      weight_decay?: number;
    }
  | {
      kind: 'adam';
      /**
       * How far one step moves the parameters along the gradient.
       * Number above 0, up to 1,000.
       * @defaultValue `0.001`
       */
      learning_rate?: number;
      /**
       * Decay of the running means of the gradient and of its square.
       * Numbers, each from 0 to below 1.
       * @defaultValue `[0.9,0.999]`
       */
      betas?: [number, number];
      /**
       * Added outside the square root, against division by zero.
       * Number above 0, up to 1.
       * @defaultValue `1e-8`
       */
      epsilon?: number;
      /**
       * Share of each weight, times the learning rate, taken away every step; decoupled from the gradient.
       * Number from 0 to 1.
       * @defaultValue `0`
       */
      weight_decay?: number;
    }
  | {
      kind: 'adamw';
      /**
       * How far one step moves the parameters along the gradient.
       * Number above 0, up to 1,000.
       * @defaultValue `0.001`
       */
      learning_rate?: number;
      /**
       * Decay of the running means of the gradient and of its square.
       * Numbers, each from 0 to below 1.
       * @defaultValue `[0.9,0.999]`
       */
      betas?: [number, number];
      /**
       * Added outside the square root, against division by zero.
       * Number above 0, up to 1.
       * @defaultValue `1e-8`
       */
      epsilon?: number;
      /**
       * Share of each weight, times the learning rate, taken away every step; decoupled from the gradient.
       * Number from 0 to 1.
       * @defaultValue `0.01`
       */
      weight_decay?: number;
    };

/** Complete: every default filled in. {@link OptimizerSettingsInput} says what each is. */
export type OptimizerSettings =
  | {
      kind: 'sgd';
      learning_rate: number;
      momentum: number;
      nesterov: boolean;
      weight_decay: number;
    }
  | {
      kind: 'rmsprop';
      learning_rate: number;
      momentum: number;
      alpha: number;
      epsilon: number;
      weight_decay: number;
    }
  | {
      kind: 'adam';
      learning_rate: number;
      betas: [number, number];
      epsilon: number;
      weight_decay: number;
    }
  | {
      kind: 'adamw';
      learning_rate: number;
      betas: [number, number];
      epsilon: number;
      weight_decay: number;
    };
