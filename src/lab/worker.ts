/**
 * The dedicated worker: it owns the engine, the table and the run, so that the page never stalls and a hidden tab
 * keeps training. The page talks to it through comlink; see `messages.ts` for what is said.
 */
import { expose } from 'comlink';
import type { DataSet } from '../data/dataset.ts';
import { prepare } from '../data/prepare.ts';
import type { Table } from '../data/table.ts';
import type { Engine } from '../engine/engine.ts';
import { requestEngine } from '../engine/request.ts';
import { checkData, checkTrial } from '../spec/check.ts';
import type { DataSettings, DataSettingsInput } from '../spec/data-settings.ts';
import { InputError } from '../spec/errors.ts';
import { type LiveChanges, train } from '../train/trainer.ts';
import { checkLoss, resolved } from '../train/trials.ts';
import { calibrationStore } from './calibration-store.ts';
import type {
  EngineChoice,
  GpuPresence,
  LabWorker,
  Listener,
  LiveReply,
  ReadingProgress,
  Reply,
  RunView,
  Source,
  StartRequest,
  TableView,
  Thumbnail,
} from './messages.ts';
import type { NetworkPicture } from './network-picture.ts';
import { Reading } from './reading.ts';
import { Session } from './session.ts';
import { viewOf } from './table-view.ts';
/** An InputError becomes a reply, since comlink would lose its `where`. */
async function replied<Value>(work: () => Promise<Value>): Promise<Reply<Value>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ok: false, problem: { message: error.message, where: error.where } };
  }
