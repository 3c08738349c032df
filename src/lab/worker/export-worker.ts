/** A worker of its own for writing a model in other formats: hundreds of networks take seconds, and the run goes on meanwhile. */
import { expose } from 'comlink';
import { exportModel } from '../../export/formats.ts';
import { loadModel } from '../../model/file/load-model.ts';
import type { ExportWorker } from '../protocol/export.ts';
import { carryErrors } from '../shared/thrown.ts';
import { trustOwnScripts } from '../shared/trusted-types.ts';

const worker: ExportWorker = {
  files: (bytes, format) => exportModel(loadModel(bytes), format),
};

trustOwnScripts();
carryErrors();
expose(worker);
