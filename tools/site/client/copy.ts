/** A button on each block of code. */
import { words } from './words.ts';

export function offerCopies(): void {
  if (!navigator.clipboard) return;
  for (const block of document.querySelectorAll('.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words.copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '');
      button.textContent = words.copied;
    });
    button.addEventListener('blur', () => {
      button.textContent = words.copy;
    });
    block.append(button);
  }
}
