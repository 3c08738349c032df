/** Where a link in a Markdown file leads on the site: to a page of it, or to a file of the repository. */
import { posix } from 'node:path';

export interface Place {
  /** The path of the file that links. */
  file: string;
  /** The path of its page. */
  address: string;
}

export interface Destinations {
  /** The address of each file that is a page. */
  pages: ReadonlyMap<string, string>;
  /** The anchors of each file that is a page. */
  anchors: ReadonlyMap<string, ReadonlySet<string>>;
  /** What lies at a path of the repository. */
  kindOf(path: string): 'file' | 'folder' | undefined;
  /** https://github.com/owner/name */
  repository: string;
}

/** `file` is the page's, where it is one. */
export type Link = { href: string; file?: string; problem?: undefined } | { problem: string };

export function resolveLink(href: string, from: Place, to: Destinations): Link {
  if (/^(https?|mailto):/.test(href)) return { href };
  const [path, anchor] = decodeURI(href).split('#');
  const file = path === '' ? from.file : pageFile(posix.join(posix.dirname(from.file), path), to);
  const address = to.pages.get(file);
  if (address === undefined) return repositoryLink(file, anchor, to);
  if (anchor !== undefined && !to.anchors.get(file)?.has(anchor))
    return { problem: `${file} has no heading #${anchor}` };
  const target = path === '' ? '' : relativeAddress(from.address, address);
  return { file, href: anchor === undefined ? target : `${target}#${encodeURIComponent(anchor)}` };
}

/** A folder is shown by its README. */
function pageFile(path: string, { pages }: Destinations): string {
  const readme = posix.join(path, 'README.md');
  return pages.has(readme) ? readme : path.replace(/\/$/, '');
}

function repositoryLink(path: string, anchor: string | undefined, { kindOf, repository }: Destinations): Link {
  const kind = path.startsWith('..') ? undefined : kindOf(path);
  if (!kind) return { problem: `there is no ${path}` };
  const place = `${repository}/${kind === 'folder' ? 'tree' : 'blob'}/HEAD/${encodeURI(path)}`;
  return { href: anchor === undefined ? place : `${place}#${anchor}` };
}

/** From one page of the site to another: both work under any folder of any server. */
export function relativeAddress(from: string, to: string): string {
  return posix.relative(posix.dirname(from), to);
}

/** The repository as a page, from the address that package.json has of it. */
export function repositoryPage(url: string): string {
  return url.replace(/^git\+/, '').replace(/\.git$/, '');
}
