/** The left side of the page: what will be trained. */
import { html, type TemplateResult } from 'lit';
import type { DataController } from '../data/controller.ts';
import type { LessonController } from '../lessons/controller.ts';
import type { TrainerController } from '../trainer/controller.ts';

interface Drawn {
  trainer: TrainerController;
  tables: DataController;
  lessons: LessonController;
}

export function settingsSide({ trainer, tables, lessons }: Drawn): TemplateResult {
  const { controls, atOnce, worker, data, fileProblem, applied } = trainer;
  const { form, changes } = controls;
  const { refusals } = controls.live;
  return html`
    <div class="scroll">
      <lab-head ?known=${trainer.ownTable}></lab-head>
      <lab-lessons .current=${lessons.name}></lab-lessons>
      <lab-data
        .data=${data}
        .form=${form}
        .applied=${applied}
        .changes=${changes}
        .reading=${tables.reading}
        .sample=${tables.sample}
        .thumbnails=${tables.thumbnails}
        .kept=${tables.kept}
        .warnings=${tables.preview?.warnings ?? []}
        .awaited=${trainer.linked?.missing ?? ''}
        .problem=${fileProblem ?? ''}
        ?readable=${tables.readable !== undefined}
      ></lab-data>
      <lab-network
        .form=${form}
        .applied=${applied}
        .changes=${changes}
        .inputs=${data?.inputs ?? 1}
        .outputs=${data?.outputs ?? 1}
        .data=${data}
        .run=${trainer.run}
        .moment=${`${trainer.state} ${trainer.history.last?.number ?? 0}`}
        .ask=${trainer.network}
      ></lab-network>
      <lab-settings
        .form=${form}
        .applied=${applied}
        .changes=${changes}
        .refusals=${refusals}
        ?atOnce=${atOnce.on}
        .names=${data?.columns ?? []}
        .preview=${tables.preview}
      ></lab-settings>
      <lab-engine
        .choice=${form.engine}
        .presence=${worker.presence}
        .problem=${form.problems.get('engine') ?? ''}
        ?changed=${changes.has('engine')}
      ></lab-engine>
    </div>
    <lab-help .form=${form} .applied=${applied} .changes=${changes} .refusals=${refusals}></lab-help>
    <lab-changes
      .changes=${atOnce.due ? 0 : changes.size}
      .problems=${form.problems.size}
      ?undoable=${atOnce.undoable}
    ></lab-changes>
  `;
}
