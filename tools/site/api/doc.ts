/** What a comment says. */
import { type Ts, ts } from './typescript.ts';

export interface Doc {
  text: string;
  parameters: Record<string, string>;
  returns: string;
  throws: string[];
  /** Of a member: what it is when it is left out. */
  standard: string;
  examples: string[];
}

/** The part of TypeScript's symbols and signatures that has comments, those of an extended class included. */
interface Commented {
  getDocumentationComment(checker: Ts.TypeChecker | undefined): Ts.SymbolDisplayPart[];
  getJsDocTags(checker?: Ts.TypeChecker): Ts.JSDocTagInfo[];
}

export function docOf(checker: Ts.TypeChecker, commented: Commented): Doc {
  const tags = commented.getJsDocTags(checker);
  const texts = (name: string) => tags.filter((tag) => tag.name === name).map(({ text }) => flowing(text));
  const parameters = tags
    .filter(({ name }) => name === 'param')
    .map(({ text = [] }) => {
      const name = text.find(({ kind }) => kind === 'parameterName')?.text ?? '';
      return [name, flowing(text.filter(({ kind }) => kind !== 'parameterName')).replace(/^- /, '')];
    });
  return {
    text: flowing(commented.getDocumentationComment(checker)),
    parameters: Object.fromEntries(parameters),
    returns: texts('returns')[0] ?? '',
    throws: texts('throws'),
    standard: texts('defaultValue')[0] ?? '',
    examples: tags.filter(({ name }) => name === 'example').map(({ text }) => program(ts.displayPartsToString(text))),
  };
}

/** An example without the fence around it. */
const program = (text: string) => text.trim().replace(/^```ts\n|\n```$/g, '');

/** Lines of one paragraph in one line; lists and paragraphs stay. */
function flowing(parts: Ts.SymbolDisplayPart[] | undefined): string {
  return ts
    .displayPartsToString(parts)
    .trim()
    .replace(/\n(?![\n\-|])(?<!\n\n)/g, ' ');
}
