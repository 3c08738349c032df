/** A model card as Markdown. */
import { modelCard } from '../../model/card/card.ts';
import type { CardPart, Words } from '../../model/card/parts.ts';
import type { ModelData } from '../../model/model-data.ts';
import type { ExportedFile, ExportOptions } from '../description.ts';
import { code, plain, table } from './markdown.ts';

export function cardFiles(model: ModelData, options: ExportOptions): ExportedFile[] {
  return [{ name: 'model-card.md', bytes: new TextEncoder().encode(toModelCard(model, options)) }];
}

/** The text of a model card, in Markdown. */
export function toModelCard(model: ModelData, options: ExportOptions = {}): string {
  const { targets, summary, sections } = modelCard(model, options);
  const parts = [
    `# Model card: ${plain(targets)}`,
    plain(summary),
    ...sections.flatMap(({ heading, parts: own }) => [`## ${heading}`, ...own.map(partText)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function partText(part: CardPart): string {
  switch (part.kind) {
    case 'words':
      return inline(part.words);
    case 'list':
      return part.items.map((item) => `- ${plain(item)}`).join('\n');
    case 'code':
      return code(part.text, part.language);
    case 'table':
      return table(
        part.columns.map(plain),
        part.rows.map((row) => row.map(inline)),
      );
  }
}

function inline(words: Words): string {
  if (typeof words === 'string') return plain(words);
  return words
    .map((part) => (typeof part === 'string' ? plain(part) : `\`${part.code.replace(/[\s`]+/g, ' ')}\``))
    .join('');
}
