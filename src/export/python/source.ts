/** Python from its parts. */

/** Lines of comment: names of columns in them may hold anything. */
export const comment = (lines: readonly string[]) => lines.map((line) => `# ${line}`.trimEnd()).join('\n');

/** Modules one after another, two lines between them. */
export const joined = (...sources: readonly string[]) => `${sources.map((source) => source.trim()).join('\n\n\n')}\n`;
