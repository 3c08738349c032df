/** What the package exports, as TypeScript sees it. */
import { dirname, join } from 'node:path';
import { type Ts, ts } from './typescript.ts';

export interface Export {
  name: string;
  symbol: Ts.Symbol;
  /** What it is imported from; one that several entries have, from the first. */
  from: string;
  /** A function or a class, which is there when a program runs. */
  isValue: boolean;
}

export interface Package {
  checker: Ts.TypeChecker;
  exports: Map<string, Export>;
  /** What is exported, by the name that it has there. */
  names: Map<Ts.Symbol, string>;
}

const root = join(import.meta.dirname, '..', '..', '..');

/** The package's entries in the order in which they are named, with their sources. */
const entries = {
  'perceptron-lab': 'src/index.ts',
  'perceptron-lab/element': 'src/embed/element.ts',
  'perceptron-lab/node': 'src/machine/node.ts',
};

export function readPackage(): Package {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const files = Object.values(entries).map((file) => join(root, file));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  // What is not ours is shown as it is written: most of the time would go into reading it.
  host.resolveModuleNames = (names, from) => names.map((name) => resolve(name, from));
  const lib = ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'];
  const program = ts.createProgram(files, { ...options, types: [], lib }, host);
  const checker = program.getTypeChecker();
  const exports = new Map<string, Export>();
  Object.keys(entries).forEach((from, index) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(files[index])!)!;
    for (const exported of checker.getExportsOfModule(module)) {
      const { name } = exported;
      if (exports.has(name)) continue;
      const symbol = aliased(checker, exported);
      const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0 && !isTypeAlone(exported);
      exports.set(name, { name, symbol, from, isValue });
    }
  });
  return { checker, exports, names: new Map([...exports.values()].map(({ symbol, name }) => [symbol, name])) };
}

function resolve(name: string, from: string): Ts.ResolvedModule | undefined {
  const isSource = name.startsWith('.') && name.endsWith('.ts');
  return isSource ? { resolvedFileName: join(dirname(from), name) } : undefined;
}

/** A class that is exported as a type cannot be made by whoever imports it. */
function isTypeAlone({ declarations = [] }: Ts.Symbol): boolean {
  return declarations.some((one) => ts.isExportSpecifier(one) && ts.isTypeOnlyExportDeclaration(one));
}

/** The lines that import what a program calls. */
export function importsOf({ exports }: Package, program: string): string[] {
  return Object.keys(entries).flatMap((from) => {
    const called = [...exports.values()].filter(
      (one) => one.isValue && one.from === from && new RegExp(`\\b(?<!\\.)${one.name}\\(`).test(program),
    );
    const names = called.map(({ name }) => name).sort();
    return names.length > 0 ? [`import { ${names.join(', ')} } from '${from}';`] : [];
  });
}

/** What an import stands for. */
export function aliased(checker: Ts.TypeChecker, symbol: Ts.Symbol): Ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
