/** The colours of `tokens.css` for canvases, which cannot use custom properties. */
export interface Palette {
  paper: string;
  ink: string;
  inkLight: string;
  grid: string;
  hairline: string;
  points: string;
  model: string;
  modelFaint: string;
  validation: string;
  validationText: string;
  validationFaint: string;
  error: string;
  label: string;
  /** In fixed order, for what is told apart by colour and has a name beside it. */
  runs: string[];
  /** Evenly rising, for what is more or less. */
  shares: string[];
}

/** Of a tone in a cell that is full, over paper: a figure in ink is still read there, in both themes (4.5:1). */
export const fullCell = 0.54;

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    paper: token('--paper'),
    ink: token('--ink'),
    inkLight: token('--ink-light'),
    grid: token('--grid'),
    hairline: token('--hairline'),
    points: token('--points'),
    model: token('--model'),
    modelFaint: token('--model-faint'),
    validation: token('--validation'),
    validationText: token('--validation-text'),
    validationFaint: token('--validation-faint'),
    error: token('--error'),
    label: `12px ${token('--face')}`,
    runs: [1, 2, 3, 4, 5, 6].map((index) => token(`--run-${index}`)),
    shares: [1, 2, 3, 4, 5].map((index) => token(`--share-${index}`)),
  };
}
