/** Marks where the reader is in the contents of the page. */
export function followContents(): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents a')];
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)))!);
  if (headings.length === 0) return;
  const mark = () => {
    // The last heading above the upper third; the last of all at the end of the page.
    const { scrollY, innerHeight } = window;
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).length - 1;
    const current = atEnd && scrollY > 0 ? links.length - 1 : passed;
    for (const [index, link] of links.entries()) {
      if (index === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  addEventListener('scroll', mark, { passive: true });
  addEventListener('resize', mark);
  mark();
}
