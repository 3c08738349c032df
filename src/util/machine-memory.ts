/** How much memory a process may still take, as far as browsers and Node tell: what needs more is refused before it is allocated. */

/** What of a machine's memory a page may take: its system and its browser need the rest. */
const pageShare = 0.75;
/** GB of a machine that does not tell; browsers that do round down to this, or less, in part not to be recognized by it. */
const assumedGigabytes = 8;

interface Machine {
  /** Node, Deno and Bun. */
  process?: {
    platform?: string;
    availableMemory?(): number;
    getBuiltinModule?(name: 'node:os'): { totalmem(): number } | undefined;
  };
  /** Chromium. */
  navigator?: { deviceMemory?: number };
}

/** Bytes. */
export function machineMemory({ process, navigator }: Machine = globalThis as Machine): number {
  const available = process?.availableMemory?.();
  // macOS counts files that it remembers as memory that is taken.
  const total = process?.platform === 'darwin' ? process.getBuiltinModule?.('node:os')?.totalmem() : undefined;
  const known = total ?? available;
  return known ?? pageShare * (navigator?.deviceMemory ?? assumedGigabytes) * 2 ** 30;
}
