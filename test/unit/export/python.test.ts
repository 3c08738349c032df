/** `perceptron_model.py`: it asks ONNX Runtime as scikit-learn asks its estimators. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { exportModel } from '../../../src/export/formats.ts';
import { answersToUnusual, exportCases, unusualCells, usualRow } from '../../support/models/exported-models.ts';
import { findPython, runPython } from '../../support/models/python.ts';
import { type Answer, answersOf, farthest, rowsOf } from '../../support/models/rows-of.ts';

const python = findPython('onnxruntime');
const folder = mkdtempSync(join(tmpdir(), 'perceptron-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Given {
  predicted: (number | string | number[])[];
  probabilities?: number[][];
  classes?: string[];
  ends?: [low: number[], high: number[]];
}

const program = (count: number) => `
import json, sys
sys.path.insert(0, "case_0")
from perceptron_model import PerceptronModel
answers = []
for case in range(${count}):
    model = PerceptronModel(f"case_{case}/model.onnx")
    rows = json.load(open(f"case_{case}/rows.json"))
    own = {"predicted": model.predict(rows).tolist()}
    if hasattr(model, "classes_"):
        own.update(probabilities=model.predict_proba(rows).tolist(), classes=model.classes_.tolist())
    elif "low" in [output["gives"] for output in model.outputs] and len(model.outputs) == 3:
        own["ends"] = [end.tolist() for end in model.predict_interval(rows)]
    answers.append(own)
wrong = []
for changes in ({"width": "x"}, {"day": "yesterday"}):
    try: PerceptronModel("case_0/model.onnx").predict([{**json.load(open("case_0/rows.json"))[0], **changes}])
    except ValueError as error: wrong.append(str(error))
print(json.dumps([answers, wrong]))
`;

/** The answers of a list for each cell, with a usual row beside it and without; null where it is refused. */
const programOfCells = `
import json, sys
from perceptron_model import PerceptronModel
model = PerceptronModel()
usual = json.load(open("usual.json"))
def answers(rows):
    try: return model.predict(rows).tolist()
    except ValueError: return None
given = [{**usual, column: cell} for column, cell in json.load(open("cells.json"))]
print(json.dumps([[answers([usual, row]), answers([row])] for row in given]))
`;

it.skipIf(!python)('answers as the model does, from every kind of column, layer and answer', async () => {
  const cases = exportCases().filter(({ model }) => model.preprocessing.targets.length === 1);
  for (const [index, { model, table }] of cases.entries()) {
    mkdirSync(join(folder, `case_${index}`));
    for (const { name, bytes } of await exportModel(model, 'python'))
      writeFileSync(join(folder, `case_${index}`, name), bytes);
    writeFileSync(join(folder, `case_${index}`, 'rows.json'), JSON.stringify(rowsOf(table)));
  }
  const [all, wrong] = runPython<[Given[], string[]]>(python as string, program(cases.length), folder);
  const distances = cases.map(({ name, model, table }, index) => {
    const { predicted, probabilities, classes, ends } = all[index];
    const given = predicted.map((value, row): Answer => {
      if (!classes) {
        const [low, high] = ends?.map((end) => end[row]) ?? [];
        return low === undefined ? { value: value as number } : { value: value as number, low, high };
      }
      const shares = classes.map((one, place) => [one, probabilities?.[row][place]]);
      return { class: value as string, probabilities: Object.fromEntries(shares) };
    });
    const [{ column }] = model.preprocessing.targets;
    const wanted = answersOf(model, table).map((answer) => answer[column]);
    return { name, distance: farthest(given, wanted, 1e-5) };
  });
  expect(distances.filter(({ distance }) => !(distance <= 1e-5))).toEqual([]);
  expect(wrong).toEqual([
    "row 1, column 'width': 'x' is no number such as 1234.5",
    "row 1, column 'day': 'yesterday' is no date such as 2024-05-31",
  ]);
});

it.skipIf(!python)('takes cells without a value as the model does', async () => {
  const { model, table } = exportCases()[0];
  const inside = join(folder, 'cells');
  mkdirSync(inside);
  for (const { name, bytes } of await exportModel(model, 'python')) writeFileSync(join(inside, name), bytes);
  const usual = { ...rowsOf(table)[0], ...usualRow };
  writeFileSync(join(inside, 'usual.json'), JSON.stringify(usual));
  writeFileSync(join(inside, 'cells.json'), JSON.stringify(unusualCells));
  const given = runPython<(number[] | null)[][]>(python as string, programOfCells, inside);
  expect(given).toEqual(answersToUnusual(model, usual));
});

it('is the same file for every model but for its first lines', async () => {
  const [first, second] = exportCases().slice(0, 20);
  const texts = await Promise.all(
    [first, second].map(async ({ model }) => {
      const [{ name, bytes }] = await exportModel(model, 'python');
      expect(name).toBe('perceptron_model.py');
      return new TextDecoder().decode(bytes).replace(/^#.*\n/gm, '');
    }),
  );
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).toContain('class PerceptronModel:');
});
