/**
 * Finds what a sentence of the library says in another language: it knows sentences by their English, with places for
 * names and values (see `locales/ko-sentences.ts`), and puts the other language's words around the same values.
 */

type Pairs = readonly (readonly [english: string, other: string])[];

export interface Words {
  sentences: Pairs;
  /** Parts of sentences; and what is before a colon. */
  clauses: Pairs;
  /** In brackets at the end of any sentence. */
  endings: Pairs;
}

/** A sentence in the other language, or undefined where it is not known. */
export type Recogniser = (sentence: string) => string | undefined;

/** Sentences that are remembered at most: the page asks for the same ones whenever it draws. */
const mostRemembered = 1000;

interface Pattern {
  english: string;
  test: RegExp;
  /** The number of the place that each group of the expression catches. */
  places: number[];
  other: string;
}

/** @param used is told the English of each pair that is found */
export function recogniser(words: Words, used: (english: string) => void = () => {}): Recogniser {
  const sentences = compiled(words.sentences);
  const clauses = compiled(words.clauses);
  const endings = compiled(words.endings);
  const remembered = new Map<string, string | undefined>();

  function found(patterns: Pattern[], text: string): string | undefined {
    for (const { english, test, places, other } of patterns) {
      const match = test.exec(text);
      if (!match) continue;
      used(english);
      const caught = (place: string) => match[places.indexOf(Number(place)) + 1] ?? '';
      return other.replace(/\{(\d)\}|#(\d)|<(\d)>/g, (_, value, number, clause) =>
        clause === undefined ? caught(value ?? number) : clauseOf(caught(clause)),
      );
    }
    return undefined;
  }

  /** A clause that is not known may be a sentence, or is a value. */
  function clauseOf(text: string): string {
    return text === '' ? '' : (found(clauses, text) ?? recognise(text) ?? text);
  }

  function recognise(text: string): string | undefined {
    if (remembered.has(text)) return remembered.get(text);
    const said = recogniseAnew(text);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, said);
    return said;
  }

  function recogniseAnew(text: string): string | undefined {
    if (text.endsWith('.')) {
      const plain = recognise(text.slice(0, -1));
      return plain === undefined ? undefined : `${plain}.`;
    }
    return (
      withoutEnding(text) ??
      withoutPlace(text, (place) => found(clauses, place) ?? (/^[\w.]+$/.test(place) ? place : undefined)) ??
      severalSentences(text) ??
      found(sentences, text) ??
      withoutPlace(text, (place) => place)
    );
  }

  /** "is missing (default 1)" */
  function withoutEnding(text: string): string | undefined {
    if (!text.endsWith(')')) return undefined;
    for (let at = text.lastIndexOf(' ('); at > 0; at = text.lastIndexOf(' (', at - 1)) {
      const ending = found(endings, text.slice(at + 2, -1));
      const rest = ending === undefined ? undefined : recognise(text.slice(0, at));
      if (rest !== undefined) return `${rest} (${ending})`;
    }
    return undefined;
  }

  /** "One thing. Another thing", of which each is known. */
  function severalSentences(text: string): string | undefined {
    for (let at = text.indexOf('. '); at > 0; at = text.indexOf('. ', at + 1)) {
      const first = recognise(text.slice(0, at));
      const rest = first === undefined ? undefined : recognise(text.slice(at + 2));
      if (rest !== undefined) return `${first}. ${rest}`;
    }
    return undefined;
  }

  /** "training.epochs: is missing" */
  function withoutPlace(text: string, placeOf: (place: string) => string | undefined): string | undefined {
    for (let at = text.indexOf(': '); at > 0; at = text.indexOf(': ', at + 1)) {
      const place = placeOf(text.slice(0, at));
      const rest = place === undefined ? undefined : recognise(text.slice(at + 2));
      if (rest !== undefined) return `${place}: ${rest}`;
    }
    return undefined;
  }

  return recognise;
}

/** The most specific first: those with the most words of their own. */
function compiled(pairs: Pairs): Pattern[] {
  const own = (english: string) => english.replace(/\{\d\}|#\d|<\d>/g, '').length;
  return [...pairs].sort(([a], [b]) => own(b) - own(a)).map(([english, other]) => pattern(english, other));
}

function pattern(english: string, other: string): Pattern {
  const places: number[] = [];
  const source = english
    .split(/(\{\d\}|#\d|<\d>|\[[^[\]|]+\|[^[\]]+\])/)
    .map((part, index) => {
      if (index % 2 === 0) return escaped(part);
      if (part.startsWith('[')) return `(?:${part.slice(1, -1).split('|').map(escaped).join('|')})`;
      places.push(Number(part[1]));
      return part.startsWith('{') ? '(.+?)' : part.startsWith('#') ? '([\\d.,]+?)' : '(.*?)';
    })
    .join('');
  return { english, test: new RegExp(`^${source}$`), places, other };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
