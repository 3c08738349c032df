/** One row is selected at a time, for all views: until Escape, another row, or another table. */
import { beforeEach, expect, it } from 'vitest';
import type { TableView } from '../../../../src/lab/protocol/messages.ts';
import { Selection } from '../../../../src/lab/views/selection.ts';

const said: (number | undefined)[] = [];
let selection: Selection;
beforeEach(() => {
  said.length = 0;
  selection = new Selection(
    (place) => `row ${place}`,
    (place) => said.push(place),
  );
});

const table = (name: string) => ({ name, rows: 40, columns: ['x', 'y'] }) as TableView;
const rows = (...places: number[]) => ({ what: 'some', places, more: [{ name: 'residual', values: [1, 2, 3] }] });

function pressEscape(taken = false): void {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key: 'Escape' });
  if (taken) event.preventDefault();
  selection.key(event as KeyboardEvent);
}

it('a row that is alone behind what was chosen is selected, and one of several when it is chosen', () => {
  selection.choose(rows(3));
  expect(selection.selected).toBe(3);
  selection.choose(rows(3, 5, 8));
  expect(selection.selected).toBe(3);
  selection.choose(rows(5, 8));
  expect(selection.selected).toBeUndefined();
  selection.select(8);
  expect(said).toEqual([3, undefined, 8]);
});

it('another view lists the row alone, without what the view before knew of it', () => {
  selection.choose(rows(3, 5));
  selection.select(5);
  selection.narrow();
  expect(selection.listed).toEqual({ what: 'row 5', places: [5], more: [] });
  selection.select(undefined);
  selection.narrow();
  expect(selection.listed).toBeUndefined();
});

it('Escape clears it, unless something else has taken the key', () => {
  selection.choose(rows(3));
  pressEscape(true);
  expect(selection.selected).toBe(3);
  pressEscape();
  expect(selection.selected).toBeUndefined();
  expect(selection.listed).toBeUndefined();
});

it('a new run on the same table keeps it, another table does not', () => {
  selection.keepTo(table('a.csv'));
  selection.select(7);
  selection.keepTo(table('a.csv'));
  expect(selection.selected).toBe(7);
  selection.keepTo(table('b.csv'));
  expect(selection.selected).toBeUndefined();
});
