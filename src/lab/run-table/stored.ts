/** What the table asks of runs that are kept; the page's list of runs answers it. */
import type { Said } from '../../util/errors.ts';
import type { RunPicture, StoredViews } from '../protocol/runs.ts';

export interface StoredRuns {
  pictures(ids: string[]): Promise<(RunPicture | null)[]>;
  /** Undefined where no model is kept, or why it cannot be had. */
  views(id: string): Promise<StoredViews | Said | undefined>;
}
