/** What became of the CPU engine's threads: loaded with that engine. */

export const cpu = {
  thread_stopped: ({ cause }: { cause: string }) =>
    `A thread of the CPU engine stopped (${cause}); train again, or with one thread.`,
};
