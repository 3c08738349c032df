/** What a page of the documentation does beyond being read: the search, buttons that copy code, and being there offline. */
import { trustOwnScripts } from '../../../src/lab/shared/trusted-types.ts';
import './site.css';
import { followContents } from './contents.ts';
import { offerCopies } from './copy.ts';
import { offerSearch } from './search.ts';

trustOwnScripts();
offerSearch();
offerCopies();
followContents();

// A table or a line of code that fits is no stop of the Tab key.
const scrolling = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const box = target as HTMLElement;
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
});
for (const box of document.querySelectorAll('.table, pre')) scrolling.observe(box);

// In a long navigation, to where the page is.
const menu = document.querySelector('#menu')!;
const current = menu.querySelector<HTMLElement>('[aria-current]');
if (current && current.offsetTop > menu.clientHeight) menu.scrollTop = current.offsetTop - menu.clientHeight / 2;

if ('serviceWorker' in navigator && isSecureContext) {
  // Beside the first page of the language, which is all that it keeps.
  const { href } = document.querySelector<HTMLAnchorElement>('#home')!;
  addEventListener('load', () => navigator.serviceWorker.register(new URL('service-worker.js', href)));
}
