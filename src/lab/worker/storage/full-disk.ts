/**
 * Whether a database could not write for want of room. A site's quota has a name of its own everywhere, and Firefox (153) gives it to
 * a full disk too. Chromium (147, on a disk of 24 MB that filled up under it) says of large values `DataError: Failed to write
 * blobs (IOError)`, of small ones `QuotaExceededError: Encountered disk full ...` or `UnknownError: Connection is closing because of:
 * IO error: ... FILE_ERROR_NO_SPACE`; then it closes the database, and transactions under way end in an AbortError without a
 * reason, or not at all. What is written again tells the reason: see `store.ts`.
 */
export function isFull(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'QuotaExceededError' || fullDisk.test(error.message));
}

const fullDisk = /failed to write blobs|no_space|disk full/i;
