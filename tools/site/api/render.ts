/** A page of the reference as Markdown. */
import type { Description, Member, Parameter, Signature } from './describe.ts';
import type { Doc } from './doc.ts';
import type { Part } from './type-text.ts';
import type { Ts } from './typescript.ts';

export interface Context {
  /** Where it is told of, relative to the page that is written. */
  link(symbol: Ts.Symbol): string | undefined;
  /** Where a name of `{@link name}` is told of. */
  linkName(name: string): string | undefined;
  /** The lines that import what a program calls. */
  imports(program: string): string[];
}

export function render(name: string, { doc, ...what }: Description, context: Context): string[] {
  const { signatures, type, extended, variants, methods } = what;
  return [
    // Of several calls each says its own.
    signatures.length > 1 ? '' : prose(doc.text, context),
    ...signatures.flatMap((one, index) => [
      ...(signatures.length > 1 && index > 0 ? ['---'] : []),
      ...signature(name, one, context, one.doc.text !== doc.text),
    ]),
    type.length > 0 ? (choiceList(type) ?? typeOf(type, context)) : '',
    extended.length > 0 ? `Has all of ${extended.map((one) => typeOf(one, context)).join(' and ')} too.` : '',
    ...variants.flatMap((members) => [variants.length > 1 ? kindOf(members) : '', memberTable(members, context)]),
    ...methods.flatMap((method) => [
      `### ${method.name}`,
      ...method.signatures.flatMap((one) => signature(method.name, one, context, true)),
    ]),
    ...(signatures.length === 0 ? examples(doc, context) : []),
  ].filter(Boolean);
}

/** More choices are a list, in alphabetical order. */
const mostInLine = 20;

function choiceList(type: Part[]): string | undefined {
  const choices = textOf(type).split(' | ');
  if (choices.length <= mostInLine || !choices.every((one) => /^'\w+'$/.test(one))) return undefined;
  return choices
    .sort()
    .map((one) => `- \`${one}\``)
    .join('\n');
}

/** Objects that one may choose from are told apart by their first member. */
const kindOf = ([first]: Member[]) => `With \`${first.name}: ${textOf(first.type)}\`:`;

function signature(
  name: string,
  { doc, parameters, returns }: Signature,
  context: Context,
  withText: boolean,
): string[] {
  return [
    fenced(code(name, parameters, returns)),
    withText ? prose(doc.text, context) : '',
    parameterTable(parameters, context),
    returned(returns, doc, context),
    ...thrown(doc, context),
    ...examples(doc, context),
  ];
}

function code(name: string, parameters: Parameter[], returns: Part[]): string {
  const given = parameters.map(
    ({ isRest, isOptional, type, ...one }) =>
      `${isRest ? '...' : ''}${one.name}${isOptional ? '?' : ''}: ${textOf(type)}`,
  );
  const line = `${name}(${given.join(', ')}): ${textOf(returns)}`;
  return line.length <= 100 ? line : `${name}(\n${given.map((one) => `  ${one},\n`).join('')}): ${textOf(returns)}`;
}

function parameterTable(parameters: Parameter[], context: Context): string {
  if (parameters.length === 0) return '';
  const isAnyOptional = parameters.some(({ isOptional }) => isOptional);
  const rows = parameters.map(({ name, type, isOptional, standard, text }) => [
    `\`${name}\``,
    typeOf(type, context),
    ...(isAnyOptional ? [standardOf(isOptional, standard === '{}' ? '' : standard && `\`${standard}\``)] : []),
    prose(sentence(text), context),
  ]);
  return table(['Parameter', 'Type', ...(isAnyOptional ? ['Default'] : []), 'What it is'], rows);
}

function memberTable(members: Member[], context: Context): string {
  const all = flat(members);
  const isAnyOptional = all.some(({ isOptional }) => isOptional);
  const rows = all.map(({ name, type, isOptional, doc, members: inner }) => [
    `\`${name}\``,
    inner.length > 0 ? shape(type) : typeOf(type, context),
    ...(isAnyOptional ? [standardOf(isOptional, doc.standard)] : []),
    prose(doc.text, context),
  ]);
  return table(['Name', 'Type', ...(isAnyOptional ? ['Default'] : []), 'What it is'], rows);
}

/** What the other objects of a choice have is typed as absent. */
const isThere = ({ isOptional, type }: Member) => !(isOptional && textOf(type) === 'undefined');

/** What is within an object has its name before its own. */
const flat = (members: Member[], before = ''): Member[] =>
  members
    .filter(isThere)
    .flatMap((one) => [{ ...one, name: before + one.name }, ...flat(one.members, `${before}${one.name}.`)]);

const shape = (type: Part[]) => (/\[\]\)?$|^\(?readonly/.test(textOf(type)) ? 'objects' : 'object');
const standardOf = (isOptional: boolean, standard: string) =>
  isOptional ? standard.replace(/^none$/, '') || 'optional' : 'required';

function returned(returns: Part[], doc: Doc, context: Context): string {
  if (/^(Promise<)?void>?$/.test(textOf(returns)) && !doc.returns) return '';
  return `**Returns** ${typeOf(returns, context)}${doc.returns ? `: ${prose(doc.returns, context)}` : ''}`;
}

function thrown({ throws }: Doc, context: Context): string[] {
  if (throws.length === 0) return [];
  const linked = throws.map((one) => prose(one.replace(/\b(InputError|RunError)\b/g, '{@link $1}'), context));
  return [`**Throws** ${linked.join('; ')}`];
}

function examples({ examples: [first] }: Doc, { imports }: Context): string[] {
  return first ? ['**Example**', fenced([...imports(first), '', first].join('\n'))] : [];
}
const sentence = (text: string) => text && `${text[0].toUpperCase()}${text.slice(1)}${/[.:]$/.test(text) ? '' : '.'}`;
const fenced = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
const textOf = (parts: Part[]) => parts.map(({ text }) => text).join('');

function typeOf(parts: Part[], { link }: Context): string {
  const pieces: { text: string; target?: string }[] = [];
  for (const { text, symbol } of parts) {
    const target = symbol && link(symbol);
    const last = pieces.at(-1);
    if (!target && last && !last.target) last.text += text;
    else pieces.push({ text, target });
  }
  return pieces.map(({ text, target }) => (target ? `[\`${text}\`](${target})` : inCode(text))).join('');
}

/** Spaces at its ends would be cut off within the quotes. */
function inCode(text: string): string {
  const [, before, middle, after] = /^(\s*)(.*?)(\s*)$/.exec(text)!;
  return middle ? `${before}\`${middle}\`${after}` : text;
}

function prose(text: string, { linkName }: Context): string {
  return text
    .replace(/\{@link (\w+)\}/g, (_, name: string) => {
      const target = linkName(name);
      return target ? `[\`${name}\`](${target})` : `\`${name}\``;
    })
    .replace(/\bdocs\/([\w/-]+\.md)/g, '[$1](../$1)');
}

export function table(header: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
