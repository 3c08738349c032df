/** Names of columns from the header row: each one there, and each its own. */
import { reading } from '../../../messages/en/tables/reading.ts';
import { message } from '../../../util/message.ts';
import { info, type Notice } from '../../table/notices.ts';

export interface Names {
  names: string[];
  notices: Notice[];
}

/** Empty names become column_3, the second of a name name_2. */
export function uniqueNames(header: readonly string[]): Names {
  const taken = new Set(header);
  const seen = new Set<string>();
  const unnamed: string[] = [];
  const renamed: string[] = [];
  const own = (name: string) => {
    taken.add(name);
    seen.add(name);
    return name;
  };
  const free = (stem: string, from: number) => {
    let count = from;
    while (taken.has(`${stem}_${count}`)) count += 1;
    return `${stem}_${count}`;
  };
  // A header of one name thousands of times is not gone through anew for each of them.
  const next = new Map<string, number>();
  const names = header.map((name, index) => {
    if (name === '') {
      const given = taken.has(`column_${index + 1}`) ? free(`column_${index + 1}`, 2) : `column_${index + 1}`;
      unnamed.push(given);
      return own(given);
    }
    if (!seen.has(name)) return own(name);
    const given = free(name, next.get(name) ?? 2);
    next.set(name, Number(given.slice(name.length + 1)) + 1);
    renamed.push(given);
    return own(given);
  });
  const notices: Notice[] = [];
  if (unnamed.length > 0) notices.push(info(message(reading, 'columns_unnamed', { names: unnamed })));
  if (renamed.length > 0) notices.push(info(message(reading, 'columns_renamed', { names: renamed })));
  return { names, notices };
}
