/**
 * Assembles a kernel from shader modules: from `main` of the entry file on, every declaration that is named by one that is
 * taken, under the conditions that hold. Names are unique in all of `shaders/`, so that a name is found without a scope.
 * Files are parsed when the project is built (tools/wgsl-modules.ts); WESL's own linker would add 25 kB to the engine.
 */

/** A shader file, as the plugin makes it. */
export interface ShaderModule {
  /** Its path in `shaders/`. */
  file: string;
  imports: ShaderModule[];
  /** Its text under these conditions, every declaration and directive after a `declarationMark`. */
  text: (conditions: Record<string, boolean>) => string;
}

export const declarationMark = '\x01';

export interface LinkedShader {
  code: string;
  /** What `code` is joined from, in this order, one in each line or more. */
  declarations: Declaration[];
}

export interface Declaration {
  /** Empty for directives. */
  name: string;
  text: string;
  file: string;
  fileLine: number;
}

export function linkShader(entry: ShaderModule, conditions: readonly string[]): LinkedShader {
  const holds = Object.fromEntries(conditions.map((name) => [name, true]));
  const all = [...reachable(entry, new Set())].flatMap((module) => declarationsOf(module, holds));
  const byName = new Map(all.map((declaration) => [declaration.name, declaration]));
  const taken = new Set<Declaration>();
  const take = (name: string) => {
    const declaration = name ? byName.get(name) : undefined;
    if (!declaration || taken.has(declaration)) return;
    taken.add(declaration);
    // Not a struct's members: what follows a dot, or in the struct itself comes before a colon.
    const text = withoutComments(declaration.text);
    const words = /\bstruct\s/.test(text) ? /[A-Za-z_]\w*(?!\s*:)\b/g : /(?<![.\w])[A-Za-z_]\w*/g;
    for (const [word] of text.matchAll(words)) take(word);
  };
  take('main');

  // Directives come before everything else.
  const files = new Set([...taken].map(({ file }) => file));
  const directives = all.filter(({ name, file }) => !name && files.has(file));
  const declarations = [...directives, ...all.filter((one) => taken.has(one))];
  return { code: declarations.map(({ text }) => text).join('\n'), declarations };
}

function declarationsOf({ file, text }: ShaderModule, conditions: Record<string, boolean>): Declaration[] {
  let fileLine = 1;
  return text(conditions)
    .split(declarationMark)
    .flatMap((part, i) => {
      const begun = fileLine;
      fileLine += part.split('\n').length - 1;
      const words = /\b(?:(?:fn|struct|const|override|alias|var)\s+|var<[^>]*>\s*)(\w+)/.exec(withoutComments(part));
      // What comes before the first declaration are comments.
      return i > 0 && part.trim() ? [{ name: words?.[1] ?? '', text: part.trimEnd(), file, fileLine: begun }] : [];
    });
}

function withoutComments(text: string): string {
  return text.includes('//') ? text.replace(/\/\/.*/g, '') : text;
}

function reachable(module: ShaderModule, found: Set<ShaderModule>): Set<ShaderModule> {
  if (found.has(module)) return found;
  found.add(module);
  for (const imported of module.imports) reachable(imported, found);
  return found;
}

/** The lines of the code around one, each with where it comes from: what a compiler's message is read beside. */
export function sourceAround({ declarations }: LinkedShader, line: number, around = 3): string {
  return declarations
    .flatMap(({ text, file, fileLine }) => text.split('\n').map((code, i) => `${file}:${fileLine + i} | ${code}`))
    .map((text, i) => (i + 1 === line ? `> ${text}` : `  ${text}`))
    .slice(Math.max(0, line - 1 - around), line + around)
    .join('\n');
}
