/** What a lesson says, in the page's language where it says it in that one. */
import { language } from '../i18n/language.ts';
import type { Words } from './schema.ts';

export function inPageLanguage(words: Words): string {
  return typeof words === 'string' ? words : (words[language()] ?? words.en ?? words.ko ?? '');
}
