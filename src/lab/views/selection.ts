/** The row that is selected, which every view that shows it marks, and the rows that are listed. Escape clears both. */
import type { TableView } from '../protocol/messages.ts';
import type { Cell } from '../shared/format.ts';
import { modalOpen } from '../ui/modal.ts';
import { observed } from '../ui/observed.ts';

declare global {
  interface HTMLElementEventMap {
    /** The rows behind a part of a plot are to be listed. */
    'rows-choose': CustomEvent<ChosenRows>;
    /** A row of those that are listed is selected, or no longer. */
    'row-select': CustomEvent<{ place: number | undefined }>;
    /** The model is to be asked about a row; its cells by column. */
    'row-predict': CustomEvent<{ cells: Readonly<Record<string, string>> }>;
    /** The rows are not to be shown any longer. */
    'rows-close': CustomEvent<undefined>;
  }
}

export interface ChosenRows {
  /** What these rows are, in words. */
  what: string;
  /** Places of all of them in the table. */
  places: number[];
  /** What the plot knows of each beside its cells. */
  more: { name: string; values: Cell[] }[];
}

export class Selection {
  /** By its place in the table. */
  @observed() selected: number | undefined;
  @observed() listed: ChosenRows | undefined;

  readonly #nameOf: (place: number) => string;
  readonly #say: (place: number | undefined) => void;
  #table: TableView | undefined;

  /**
   * @param nameOf what a row is called
   * @param say tells of a row that is selected, or that none is any longer
   */
  constructor(nameOf: (place: number) => string, say: (place: number | undefined) => void) {
    this.#nameOf = nameOf;
    this.#say = say;
  }

  /** A row that is alone behind what was chosen is selected. */
  choose(rows: ChosenRows): void {
    this.listed = rows;
    if (rows.places.length === 1) this.select(rows.places[0]);
    else if (this.selected !== undefined && !rows.places.includes(this.selected)) this.select(undefined);
  }

  select(place: number | undefined): void {
    if (place === this.selected) return;
    this.selected = place;
    this.#say(place);
  }

  /** What a plot knew of its rows is of one view and one run: of those the selected row is left, with its cells. */
  narrow(): void {
    const { selected } = this;
    this.listed = selected === undefined ? undefined : { what: this.#nameOf(selected), places: [selected], more: [] };
  }

  /** Rows of another table are other rows. */
  keepTo(table: TableView | undefined): void {
    const before = this.#table;
    this.#table = table;
    if (before && keyOf(before) !== keyOf(table)) this.clear();
  }

  clear(): void {
    this.listed = undefined;
    this.select(undefined);
  }

  /** For the document: whatever has the focus, unless it has taken the key. */
  readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented && !modalOpen()) this.clear();
  };
}

function keyOf(table: TableView | undefined): string {
  return JSON.stringify([table?.name, table?.rows, table?.columns]);
}
