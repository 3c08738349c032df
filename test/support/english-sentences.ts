/**
 * The English sentences of sources, read off the code itself: every text of words that could reach a person, with numbers
 * (7000, 7001) for its values. Choices between texts give one sentence each; constants and the small functions that make errors
 * are put in where they are used.
 */
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';

/** A node of the syntax tree, as the parser gives it: what is read of it here is checked where it is read. */
interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

export interface Found {
  file: string;
  line: number;
  text: string;
}

/** What a name stands for. */
type Scope = ReadonlyMap<string, Node>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const node = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const nameOf = (value: unknown): string => String(node(value)?.name ?? '');

export function sentencesOf(file: string): Found[] {
  const source = readFileSync(file, 'utf8');
  const found: { at: Node; texts: string[] }[] = [];
  /** Texts that are put in where they are used. */
  const placed = new Set<Node>();

  function read(at: Node, scope: Scope): void {
    if (isNotSaid(at)) return;
    if (isText(at)) found.push({ at, texts: textsOf(at, scope) });
    if (at.type === 'CallExpression') {
      const made = madeBy(scope.get(nameOf(at.callee)));
      if (made) {
        const given = nodes(at.arguments);
        const own = new Map(scope);
        made.names.forEach((name, index) => {
          const value = given[index];
          if (value) own.set(name, (value.type === 'Identifier' ? scope.get(nameOf(value)) : undefined) ?? value);
        });
        placed.add(made.text);
        found.push({ at, texts: textsOf(made.text, own) });
      }
    }
    const inner = new Map(scope);
    const children = Object.values(at).flatMap((value) =>
      Array.isArray(value) ? nodes(value) : isNode(value) ? [value] : [],
    );
    for (const child of children) for (const [name, value] of named(child)) inner.set(name, value);
    for (const child of children) read(child, inner);
  }

  /** All that it may say. */
  function textsOf(at: Node, scope: Scope): string[] {
    let values = 0;
    const expand = (part: Node, depth = 0): string[] => {
      if (part !== at) placed.add(part);
      switch (part.type) {
        case 'Literal':
          return typeof part.value === 'string' ? [part.value] : ['{}'];
        case 'TemplateLiteral': {
          const fixed = nodes(part.quasis).map(({ value }) => (value as { cooked: string }).cooked);
          const parts = nodes(part.expressions).map((one) => expand(one, depth));
          return fixed
            .slice(1)
            .reduce<string[]>(
              (all, next, index) => all.flatMap((before) => parts[index].map((own) => before + own + next)),
              [fixed[0]],
            );
        }
        case 'BinaryExpression': {
          const [left, right] = [node(part.left), node(part.right)];
          if (part.operator !== '+' || !left || !right) return ['{}'];
          return expand(left, depth).flatMap((before) => expand(right, depth).map((after) => before + after));
        }
        case 'ConditionalExpression':
          return [part.consequent, part.alternate].flatMap((one) => {
            const branch = node(one);
            return branch ? expand(branch, depth) : [];
          });
        case 'Identifier': {
          const value = scope.get(nameOf(part));
          if (!value || depth > 4 || !saysSomething(value)) return ['{}'];
          return expand(value, depth + 1);
        }
        default:
          return ['{}'];
      }
    };
    return expand(at).map((text) => {
      values = 0;
      return text.replaceAll('{}', () => `${7000 + values++}`);
    });
  }

  read(parseSync(file, source).program as unknown as Node, new Map());
  const line = ({ start }: Node) => source.slice(0, start).split('\n').length;
  return found
    .filter(({ at }) => !placed.has(at))
    .flatMap(({ at, texts }) => texts.map((text) => ({ file, line: line(at), text })))
    .filter(({ text }) => isOfWords(text));
}

/** Constants of text, and functions, by their names. */
function named(at: Node): [string, Node][] {
  if (at.type === 'ExportNamedDeclaration') return nodes([at.declaration]).flatMap(named);
  if (at.type === 'FunctionDeclaration') return [[nameOf(at.id), at]];
  if (at.type !== 'VariableDeclaration') return [];
  return nodes(at.declarations).flatMap(({ id, init }): [string, Node][] => (isNode(init) ? [[nameOf(id), init]] : []));
}

/** The text of an error that a small function does nothing but make. */
function madeBy(made: Node | undefined): { names: string[]; text: Node } | undefined {
  if (!made || !/Function/.test(made.type)) return undefined;
  const body = node(made.body);
  const statements = nodes(body?.body);
  const only =
    statements.length === 1 && statements[0].type === 'ReturnStatement' ? node(statements[0].argument) : body;
  if (only?.type !== 'NewExpression') return undefined;
  const [text] = nodes(only.arguments);
  return text?.type === 'TemplateLiteral' ? { names: nodes(made.params).map(nameOf), text } : undefined;
}

function saysSomething(at: Node): boolean {
  return textNodes(at).length > 0;
}

/** The texts that a value is one of. */
function textNodes(at: Node): Node[] {
  if (at.type === 'ConditionalExpression') return nodes([at.consequent, at.alternate]).flatMap(textNodes);
  return at.type === 'TemplateLiteral' || (at.type === 'Literal' && typeof at.value === 'string') ? [at] : [];
}

function isText(at: Node): boolean {
  if (at.type === 'BinaryExpression') return at.operator === '+' && nodes([at.left, at.right]).every(isText);
  return textNodes(at).length > 0 && at.type !== 'ConditionalExpression';
}

/** Types, imports, defects of the program's own, and what the console is told. */
function isNotSaid(at: Node): boolean {
  if (/^TS(?!AsExpression|NonNull|Satisfies)|^Import|^TaggedTemplate/.test(at.type)) return true;
  if (at.type === 'NewExpression') return nameOf(at.callee) === 'Error';
  if (at.type === 'Property') return ['label', 'help', 'unit'].includes(nameOf(at.key));
  if (at.type !== 'CallExpression') return false;
  const called = node(at.callee);
  return nameOf(called?.object) === 'console';
}

function isOfWords(text: string): boolean {
  if (/^ (and|or) $/.test(text)) return false;
  return /[a-z]{2,} |^ ?[a-z]+ [a-z]/i.test(text) && !/^\s*(fn|let|var|struct|@|\/\/)|\n/.test(text);
}
