/** The search: a field, and the places that have its words, the best first. Arrow keys walk through them. */
import MiniSearch, { type SearchResult } from 'minisearch';
import { type Indexed, searchOptions } from './search-options.ts';
import { words } from './words.ts';

type Found = SearchResult & Pick<Indexed, 'page' | 'heading' | 'excerpt'>;

/** Places that are listed. */
const most = 20;

let dialog: HTMLDialogElement | undefined;
let loaded: Promise<MiniSearch<Indexed>> | undefined;

export function openSearch(address: URL): void {
  dialog ??= makeDialog(address);
  if (!dialog.open) dialog.showModal();
  const field = dialog.querySelector('input')!;
  field.select();
}

/** Once; anew after it has failed. */
function load(address: URL): Promise<MiniSearch<Indexed>> {
  loaded ??= fetch(address).then(async (response) => {
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return MiniSearch.loadJSON<Indexed>(await response.text(), searchOptions);
  });
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}

function makeDialog(address: URL): HTMLDialogElement {
  const field = element('input', { type: 'search', autocomplete: 'off', spellcheck: false });
  field.setAttribute('aria-label', words.search);
  field.placeholder = words.search;
  const close = element('button', { type: 'button', className: 'quiet', textContent: words.close });
  const standing = element('p', { className: 'standing', textContent: words.noWords });
  standing.setAttribute('role', 'status');
  const places = element('ul', {});
  const bar = element('div', { className: 'bar' });
  bar.append(field, close);
  const dialog = element('dialog', { id: 'found' });
  dialog.setAttribute('aria-label', words.search);
  dialog.append(bar, standing, places);

  const root = new URL('..', address);
  const show = async () => {
    const query = field.value.trim();
    const [said, found] = await load(address).then(
      (index) => answer(index, query),
      (): [string, Found[]] => [words.failed, []],
    );
    if (field.value.trim() !== query) return; // typed on meanwhile
    standing.textContent = said;
    places.replaceChildren(...found.map((place) => itemOf(place, root)));
  };
  field.addEventListener('input', show);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', ({ target }) => {
    // Beside the dialog, or on a place: which may be on this very page.
    if (target === dialog || (target as Element).closest('a')) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    // A search field would only become empty.
    if (event.key === 'Escape') dialog.close();
    else walk(event, field, places);
  });
  document.body.append(dialog);
  load(address).catch(() => show());
  return dialog;
}

function answer(index: MiniSearch<Indexed>, query: string): [string, Found[]] {
  if (query === '') return [words.noWords, []];
  const found = index.search(query) as Found[];
  return [found.length === 0 ? words.none(query) : words.found(found.length), found.slice(0, most)];
}

function itemOf({ id, page, heading, excerpt, terms }: Found, root: URL): HTMLLIElement {
  const link = element('a', { href: new URL(id, root).href });
  link.append(element('strong', { textContent: heading || page }));
  if (heading) link.append(' ', element('small', { textContent: page }));
  const line = element('span', {});
  line.append(...marked(excerpt, terms));
  link.append(line);
  const item = element('li', {});
  item.append(link);
  return item;
}

/** The text with what was found in it. */
function marked(text: string, terms: readonly string[]): (string | HTMLElement)[] {
  if (terms.length === 0) return [text];
  const longest = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text
    .split(new RegExp(`(${longest.join('|')})`, 'i'))
    .map((part, index) => (index % 2 === 0 ? part : element('mark', { textContent: part })));
}

function walk(event: KeyboardEvent, field: HTMLInputElement, places: HTMLUListElement): void {
  const links = [...places.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (event.key === 'Enter' && event.target === field && !event.isComposing) links[0]?.click();
  else if (event.key === 'ArrowDown') (links[at + 1] ?? links[at])?.focus();
  else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? field).focus();
  else return;
  event.preventDefault();
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties);
}
