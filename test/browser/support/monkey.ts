/** Somebody who presses whatever there is, without reading: actions drawn from a seed, as a pointer and keys make them. */
import type { Page } from 'playwright';
import { uniformAt } from '../../../src/util/random.ts';

interface Place {
  x: number;
  y: number;
  /** What is there, for the record. */
  what: string;
}

const pressable = 'button:not(:disabled), summary, a[href], [role=tab], input[type=checkbox], input[type=radio]';
/** Trains for minutes, which says nothing more of the page. */
const neverPressed = 'lab-founding .actions button, lab-founding fieldset input';

const texts = ['', '0', '-1', '0.01', '1e3', '7', '16, 8', '1e400', 'NaN', '<b>', '한글', 'price'];
const keys = [
  ' ',
  's',
  'r',
  'l',
  'p',
  '?',
  'Escape',
  'Tab',
  'Shift+Tab',
  'Enter',
  'Delete',
  'ArrowRight',
  'ArrowUp',
  'End',
];

const rows = (columns: string, row: (at: number) => string) =>
  [columns, ...Array.from({ length: 60 }, (_, at) => row(at))].join('\n');
const files: [string, string][] = [
  ['line.csv', rows('a,b', (at) => `${at},${2 * at}`)],
  ['classes.csv', rows('a,b,kind', (at) => `${at},${(at * 7) % 11},${at % 3 ? 'yes' : 'no'}`)],
  [
    'prices.csv',
    rows('day;area;price', (at) => `2026-01-${10 + (at % 20)};${at % 9 ? `${at},5` : ''};1.${100 + at},00`),
  ],
  ['broken.csv', 'a,b\n1,2\n1,"2\n'],
  ['constant.csv', rows('a,b', () => '1,1')],
  ['empty.csv', ''],
  ['lesson.json', '{"title": 1}'],
];

export class Monkey {
  readonly #page: Page;
  readonly #seed: number;
  #drawn = 0;

  constructor(page: Page, seed: number) {
    this.#page = page;
    this.#seed = seed;
  }

  /** Does one thing, waits until the page has drawn what came of it, and says what it was. */
  async act(): Promise<string> {
    const actions: [number, () => Promise<string | undefined>][] = [
      [34, () => this.#press(pressable)],
      [6, () => this.#press('lab-samples button, lab-gallery button, lab-lessons button')],
      [6, () => this.#press('[role=tab], lab-sweep-opener button, lab-runs button, nav button')],
      [5, () => this.#press('lab-toolbar button, lab-train-button button, lab-changes button, lab-fit-bar button')],
      [4, () => this.#press('dialog[open] button')],
      [10, () => this.#type()],
      [8, () => this.#slide()],
      [8, () => this.#choose()],
      [10, () => this.#key()],
      [4, () => this.#drop()],
      [5, () => this.#press('canvas, svg, [role=img], tbody tr')],
    ];
    const all = actions.reduce((sum, [weight]) => sum + weight, 0);
    let done: string | undefined;
    while (!done) {
      let left = this.#next() * all;
      const action = actions.find(([weight]) => {
        left -= weight;
        return left < 0;
      });
      done = await action?.[1]();
    }
    await this.#page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    return done;
  }

  #next(): number {
    this.#drawn += 1;
    return uniformAt(this.#seed, this.#drawn);
  }

  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#next() * list.length)];
  }

  async #press(selector: string): Promise<string | undefined> {
    const place = await this.#find(selector);
    if (!place) return undefined;
    await this.#page.mouse.click(place.x, place.y);
    return `press ${place.what}`;
  }

  async #type(): Promise<string | undefined> {
    const place = await this.#find('input[type=text], input:not([type]), input[type=search], textarea');
    if (!place) return undefined;
    const text = this.#one(texts);
    const { keyboard, mouse } = this.#page;
    await mouse.click(place.x, place.y);
    await keyboard.press('Control+A');
    await keyboard.insertText(text);
    await keyboard.press('Enter');
    return `type "${text}" into ${place.what}`;
  }

  async #slide(): Promise<string | undefined> {
    const place = await this.#find('input[type=range], [role=slider]');
    if (!place) return undefined;
    const key = this.#one(['ArrowLeft', 'ArrowRight', 'PageUp', 'Home', 'End']);
    await this.#page.mouse.click(place.x, place.y);
    await this.#page.keyboard.press(key);
    return `${key} on ${place.what}`;
  }

  /** By keys: a list that is opened by the pointer lies above the page. */
  async #choose(): Promise<string | undefined> {
    const place = await this.#find('select:not(:disabled)', true);
    if (!place) return undefined;
    const key = this.#one(['ArrowDown', 'ArrowUp', 'Home', 'End']);
    await this.#page.keyboard.press(key);
    return `${key} on ${place.what}`;
  }

  async #key(): Promise<string> {
    const key = this.#one(keys);
    await this.#page.keyboard.press(key);
    return `key ${key}`;
  }

  async #drop(): Promise<string> {
    const [name, text] = this.#one(files);
    await this.#page.evaluate(
      ({ name, text }) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name, { type: 'text/csv' }));
        for (const type of ['dragenter', 'dragover', 'drop'])
          document.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      },
      { name, text },
    );
    return `drop ${name}`;
  }

  /** One of what is in sight, where a pointer reaches it. */
  async #find(selector: string, focus = false): Promise<Place | undefined> {
    return this.#page.evaluate(
      ({ selector, neverPressed, share, focus }) => {
        const above = (node: Element): Element | null =>
          node.assignedSlot ?? node.parentElement ?? (node.getRootNode() as ShadowRoot).host ?? null;
        const deepest = (x: number, y: number): Element | null => {
          let found = document.elementFromPoint(x, y);
          while (found?.shadowRoot) {
            const inner = found.shadowRoot.elementFromPoint(x, y);
            if (!inner || inner === found) break;
            found = inner;
          }
          return found;
        };
        const all = (root: ParentNode): Element[] =>
          [...root.querySelectorAll('*')].flatMap((element) => [
            element,
            ...(element.shadowRoot ? all(element.shadowRoot) : []),
          ]);
        const within = (element: Element, wanted: string): boolean => {
          const parts = wanted.split(', ').map((part) => part.split(' '));
          const follows = (node: Element | null, [last, ...before]: string[]): boolean => {
            if (!last) return true;
            for (let at = node; at; at = above(at)) if (at.matches(last) && follows(above(at), before)) return true;
            return false;
          };
          return parts.some((part) => {
            const [last, ...before] = part.toReversed();
            return element.matches(last) && follows(above(element), before);
          });
        };
        const found = all(document).filter(
          (element) =>
            element.checkVisibility({ visibilityProperty: true }) &&
            within(element, selector) &&
            !within(element, neverPressed),
        );
        for (let tries = 0; tries < found.length; tries += 1) {
          const element = found[(Math.floor(share * found.length) + tries) % found.length];
          element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
          const box = element.getBoundingClientRect();
          const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
          let hit = deepest(x, y);
          while (hit && hit !== element) hit = above(hit);
          if (!hit) continue;
          if (focus) (element as HTMLElement).focus();
          const host = (element.getRootNode() as ShadowRoot).host?.localName ?? '';
          const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? '';
          return { x, y, what: `${host} ${element.localName} ${element.id} "${name.replace(/\s+/g, ' ')}"` };
        }
        return undefined;
      },
      { selector, neverPressed, share: this.#next(), focus },
    );
  }
}
