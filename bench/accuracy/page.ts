/** The page that is written: what stands between marks is written anew, what stands around them is somebody's words and stays. */
export type Section = 'measured' | 'ablation';

const sections: Section[] = ['measured', 'ablation'];
const marksOf = (section: Section) => [`<!-- ${section} -->`, `<!-- /${section} -->`];

const empty = `# Accuracy

How well \`train\` and \`fit\` predict rows they have not seen, with nothing but the target named, beside other methods on the same rows; how it is
measured, and how to repeat it, is in [\`bench/README.md\`](../bench/README.md). What stands between marks is written by
\`npm run bench:accuracy -- --report\` and \`npm run bench:accuracy -- --ablation --report\`, tables on which it is behind included.

${sections.map((section) => marksOf(section).join('\n\n')).join('\n\n')}
`;

/** @param before the page as it is, if there is one */
export function pageWith(section: Section, text: string, before = empty): string {
  const [from, to] = marksOf(section);
  const [begin, end] = [before.indexOf(from), before.indexOf(to)];
  if (begin < 0 || end < begin) throw new Error(`the page has no ${from} before a ${to}`);
  return `${before.slice(0, begin + from.length)}\n\n${text}\n\n${before.slice(end)}`;
}
