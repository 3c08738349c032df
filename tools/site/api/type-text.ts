/** A type as it is written in the source, with what its names stand for. */
import { aliased, type Package } from './exports.ts';
import { type Ts, ts } from './typescript.ts';

export interface Part {
  text: string;
  /** What a reader may look up. */
  symbol?: Ts.Symbol;
}

/** Without comments, on one line; lists of choices in the place of their names, where these are not exported. */
export function typeParts({ checker, names }: Package, node: Ts.Node): Part[] {
  const file = node.getSourceFile();
  const parts: Part[] = [];
  let at = node.getStart();
  const upTo = (end: number) => {
    if (end > at) parts.push({ text: plain(file.text.slice(at, end)) });
  };
  const visit = (inner: Ts.Node) => {
    if (ts.isTypeReferenceNode(inner) || ts.isExpressionWithTypeArguments(inner) || ts.isTypeQueryNode(inner)) {
      const name = ts.isTypeReferenceNode(inner)
        ? inner.typeName
        : ts.isTypeQueryNode(inner)
          ? inner.exprName
          : inner.expression;
      const symbol = symbolAt(checker, name);
      const whole = choicesOf(checker, inner, symbol, names);
      if (whole || (symbol && isOurs(symbol) && (names.has(symbol) || !ts.isTypeQueryNode(inner)))) {
        const named = whole ? inner : name;
        upTo(named.getStart());
        parts.push(whole ? { text: whole } : { text: names.get(symbol!) ?? symbol!.name, symbol });
        at = named.getEnd();
        if (whole) return;
      }
    }
    ts.forEachChild(inner, visit);
  };
  visit(node);
  upTo(node.getEnd());
  parts[0].text = parts[0].text.replace(/^ ?\| /, '');
  return parts;
}

export function symbolAt(checker: Ts.TypeChecker, node: Ts.Node): Ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(node);
  return symbol && aliased(checker, symbol);
}

/** Declared in this project, as a type that has a name everywhere. */
export function isOurs(symbol: Ts.Symbol): boolean {
  const [declaration] = symbol.declarations ?? [];
  if (!declaration || ts.isTypeParameterDeclaration(declaration)) return false;
  return !declaration.getSourceFile().fileName.includes('/node_modules/');
}

/** More letters of choices stand under a name of their own. */
const longest = 80;

/** `'mean' | 'median'` for a name that cannot be imported and stands for nothing else. */
function choicesOf(
  checker: Ts.TypeChecker,
  node: Ts.Node,
  symbol: Ts.Symbol | undefined,
  exported: Map<Ts.Symbol, string>,
) {
  const type = checker.getTypeAtLocation(node);
  if (!symbol || !isOurs(symbol) || exported.has(symbol) || !isChoice(type)) return '';
  const text = choices(checker, type);
  if (text.length > longest) return '';
  return node.parent && ts.isArrayTypeNode(node.parent) ? `(${text})` : text;
}

export function choices(checker: Ts.TypeChecker, type: Ts.Type): string {
  const { NoTruncation, InTypeAlias, UseSingleQuotesForStringLiteralType } = ts.TypeFormatFlags;
  return checker.typeToString(type, undefined, NoTruncation | InTypeAlias | UseSingleQuotesForStringLiteralType);
}

/** One text, or one of several. */
export function isChoice(type: Ts.Type): boolean {
  return type.isUnion() ? type.types.every(isChoice) : type.isStringLiteral();
}

const plain = (text: string) =>
  text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/: \| /g, ': ')
    .replace(/; }/g, ' }');
