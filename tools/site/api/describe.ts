/** What a reader is told of an export: its signatures, its members, and what its comments say. */
import { type Doc, docOf } from './doc.ts';
import type { Package } from './exports.ts';
import { choices, isChoice, isOurs, type Part, symbolAt, typeParts } from './type-text.ts';
import { type Ts, ts } from './typescript.ts';

export interface Description {
  doc: Doc;
  signatures: Signature[];
  /** What it is made of, where that is no list of members. */
  type: Part[];
  /** Types whose members it has too. */
  extended: Part[][];
  /** Of a union of objects one list for each; else one list. */
  variants: Member[][];
  methods: { name: string; signatures: Signature[] }[];
}

export interface Signature {
  doc: Doc;
  parameters: Parameter[];
  returns: Part[];
}

export interface Parameter {
  name: string;
  type: Part[];
  isOptional: boolean;
  isRest: boolean;
  /** As it is written in the source. */
  standard: string;
  text: string;
}

export interface Member {
  name: string;
  type: Part[];
  isOptional: boolean;
  doc: Doc;
  /** Of an object, or a list of such, that has no name of its own. */
  members: Member[];
}

/** How settings begin that are told of where they are as a person writes them (`tools/settings-types.ts`). */
const complete = 'Complete: ';

export function describe(known: Package, symbol: Ts.Symbol): Description {
  const { checker } = known;
  const [declaration] = symbol.declarations ?? [];
  const doc = docOf(checker, symbol);
  const none = { doc, signatures: [], type: [], extended: [], variants: [], methods: [] };
  const isValue = ts.isFunctionDeclaration(declaration) || ts.isVariableDeclaration(declaration);
  const calls = isValue ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
  if (calls.length > 0) {
    // What is loaded when it is first called has its comment where it is exported.
    const isLater = ts.isVariableDeclaration(declaration);
    return { ...none, signatures: calls.map((call) => signatureOf(known, call, isLater ? doc : docOf(checker, call))) };
  }
  if (ts.isTypeAliasDeclaration(declaration)) {
    const literals = objectsOf(declaration.type);
    if (doc.text.startsWith(complete)) return none;
    if (literals.length === 0) return { ...none, type: aliasText(known, declaration) };
    return { ...none, variants: literals.map((literal) => literalMembers(known, literal)) };
  }
  return { ...none, ...membersOf(known, symbol), extended: extendedBy(known, symbol) };
}

/** The objects that it is one of; none where it is something else. */
function objectsOf(node: Ts.TypeNode): Ts.TypeLiteralNode[] {
  if (ts.isTypeLiteralNode(node)) return [node];
  if (ts.isUnionTypeNode(node) && node.types.every(ts.isTypeLiteralNode))
    return node.types as unknown as Ts.TypeLiteralNode[];
  return [];
}

function aliasText(known: Package, { type, name }: Ts.TypeAliasDeclaration): Part[] {
  const resolved = known.checker.getTypeAtLocation(name);
  return isChoice(resolved) ? [{ text: choices(known.checker, resolved) }] : typeParts(known, type);
}

const literalMembers = (known: Package, literal: Ts.TypeLiteralNode): Member[] =>
  known.checker.getPropertiesOfType(known.checker.getTypeAtLocation(literal)).map((one) => memberOf(known, one));

function membersOf(known: Package, symbol: Ts.Symbol): Pick<Description, 'variants' | 'methods'> {
  const { checker, names } = known;
  const type =
    symbol.flags & ts.SymbolFlags.Type ? checker.getDeclaredTypeOfSymbol(symbol) : checker.getTypeOfSymbol(symbol);
  const shown = checker.getPropertiesOfType(type).filter((one) => {
    const [declaration] = one.declarations ?? [];
    if (!declaration || isHidden(declaration)) return false;
    const owner = ownerOf(checker, declaration);
    return !owner || owner === symbol || (isOurs(owner) && !names.has(owner));
  });
  const isMethod = (one: Ts.Symbol) => (one.flags & ts.SymbolFlags.Method) !== 0;
  return {
    variants: [shown.filter((one) => !isMethod(one)).map((one) => memberOf(known, one))].filter(
      (all) => all.length > 0,
    ),
    methods: shown.filter(isMethod).map((one) => ({
      name: nameOf(one),
      signatures: checker
        .getTypeOfSymbol(one)
        .getCallSignatures()
        .map((call) => {
          const own = docOf(checker, call);
          return signatureOf(known, call, own.text ? own : docOf(checker, one));
        }),
    })),
  };
}

/** The interface, class or type that it is a member of. */
function ownerOf(checker: Ts.TypeChecker, { parent }: Ts.Declaration): Ts.Symbol | undefined {
  const named = ts.isTypeLiteralNode(parent) ? parent.parent : parent;
  const { name } = named as Ts.InterfaceDeclaration;
  return name && checker.getSymbolAtLocation(name);
}

function isHidden(declaration: Ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration);
  if (!isOurs({ declarations: [declaration] } as Ts.Symbol) || (name && ts.isPrivateIdentifier(name))) return true;
  return (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}

/** `[Symbol.asyncIterator]` is a name to TypeScript that nobody could write. */
function nameOf(symbol: Ts.Symbol): string {
  const [declaration] = symbol.declarations ?? [];
  const name = declaration && ts.getNameOfDeclaration(declaration);
  return name && ts.isComputedPropertyName(name) ? `[${name.expression.getText()}]` : symbol.name;
}

function memberOf(known: Package, symbol: Ts.Symbol): Member {
  const { checker } = known;
  const [declaration] = symbol.declarations ?? [];
  const written = (declaration as Ts.PropertySignature | undefined)?.type;
  const inner = written && objectIn(written);
  return {
    name: nameOf(symbol),
    type: written ? typeParts(known, written) : [{ text: checker.typeToString(checker.getTypeOfSymbol(symbol)) }],
    isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    doc: docOf(checker, symbol),
    members: inner ? literalMembers(known, inner) : [],
  };
}

/** An object that is written where it is used, alone or in a list or beside `null`. */
function objectIn(node: Ts.TypeNode): Ts.TypeLiteralNode | undefined {
  if (ts.isTypeLiteralNode(node)) return node;
  if (ts.isArrayTypeNode(node)) return objectIn(node.elementType);
  if (ts.isTypeOperatorNode(node) || ts.isParenthesizedTypeNode(node)) return objectIn(node.type);
  if (!ts.isUnionTypeNode(node)) return undefined;
  const objects = node.types.map(objectIn).filter((one) => one !== undefined);
  return objects.length === 1 ? objects[0] : undefined;
}

function signatureOf(known: Package, call: Ts.Signature, doc: Doc): Signature {
  const { checker } = known;
  const declaration = call.getDeclaration();
  return {
    doc,
    parameters: declaration.parameters.map((one, index) => parameterOf(known, one, doc, index)),
    returns: declaration.type
      ? typeParts(known, declaration.type)
      : [{ text: checker.typeToString(call.getReturnType()) }],
  };
}

function parameterOf(known: Package, node: Ts.ParameterDeclaration, doc: Doc, index: number): Parameter {
  const { checker } = known;
  // A pattern has no name but that of its comment.
  const name = ts.isIdentifier(node.name) ? node.name.text : (Object.keys(doc.parameters)[index] ?? 'options');
  const type = node.type
    ? typeParts(known, node.type)
    : [{ text: checker.typeToString(checker.getTypeAtLocation(node)) }];
  return {
    name,
    type,
    isOptional: node.questionToken !== undefined || node.initializer !== undefined,
    isRest: node.dotDotDotToken !== undefined,
    standard: node.initializer?.getText() ?? '',
    text: doc.parameters[name] ?? '',
  };
}

/** Exported types, and those of the platform, whose members are told of there. */
function extendedBy(known: Package, symbol: Ts.Symbol): Part[][] {
  return (symbol.declarations ?? []).flatMap((declaration) => {
    if (!ts.isInterfaceDeclaration(declaration) && !ts.isClassDeclaration(declaration)) return [];
    return (declaration.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap((type) => {
        const named = symbolAt(known.checker, type.expression);
        if (named && isOurs(named) && !known.names.has(named)) return extendedBy(known, named);
        return [typeParts(known, type)];
      }),
    );
  });
}
