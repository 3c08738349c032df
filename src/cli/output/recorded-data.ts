/** What a model's file records of the table that it was trained on: a model card says it again. */
import { basename } from 'node:path';
import type { DataSet } from '../../data/prepare/dataset.ts';
import type { Table } from '../../data/table/table.ts';
import type { DataSettings } from '../../spec/data-settings.ts';
import { fingerprint } from '../../sweep/trial-specs.ts';

interface TrainedOn {
  file: string;
  rows: Table;
  data: DataSet;
  dataSettings: DataSettings;
}

/** The file's name alone: a folder's may say more than its owner wants to give away with a model. */
export async function recordedData({ file, rows, data, dataSettings }: TrainedOn) {
  const { train, validation, test } = data.sets;
  return {
    file: basename(file),
    rows: rows.rows,
    sets: { train: train.length, validation: validation.length, test: test.length },
    fingerprint: await fingerprint(data),
    settings: dataSettings,
  };
}
