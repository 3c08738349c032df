/** The network: its layers drawn and edited, what each has of its own, and how much of it there is. */

import { consume } from '@lit/context';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { layerShapes } from '../../engine/parameters.ts';
import { outputActivationFor } from '../../spec/answers.ts';
import type { ActivationName } from '../../spec/settings.ts';
import { text } from '../i18n/text.ts';
import type { TableView } from '../protocol/messages.ts';
import { type Change, type FormField, formFields, legalForm } from '../shared/form.ts';
import { count } from '../shared/format.ts';
import { type TrainerController, trainerContext } from '../trainer/controller.ts';
import type { EventOf } from '../ui/emit.ts';
import { icon } from '../ui/icons.ts';
import { LabElement } from '../ui/lab-element.ts';
import { effect } from '../ui/observed.ts';
import { base, buttons } from '../ui/styles/shared.ts';
import {
  addLayer,
  type EditedModel,
  editedModel,
  mostLayers,
  ofLayer,
  removeLayer,
  resizeLayer,
  setOfLayer,
} from './layer-edit.ts';
import { PicturePoll } from './picture-poll.ts';

const entryAt = (path: string) => formFields.find((entry) => entry.path === path) as FormField;
const hiddenEntry = entryAt('trial.model.hidden');
const layerEntries = { activation: entryAt('trial.model.activation'), dropout: entryAt('trial.model.dropout') };
const ownPaths = [hiddenEntry, ...Object.values(layerEntries)].map(({ path }) => path);

export class LabNetwork extends LabElement {
  @consume({ context: trainerContext }) private readonly trainer!: TrainerController;

  /** The hidden layer that is edited by itself; undefined for all of them. */
  @state() private chosen: number | undefined;

  /** Whether the last hidden layer has just been taken away. */
  #emptied = false;

  readonly #poll = new PicturePoll(this, () => this.trainer.network());
  #end: (() => void) | undefined;

  /** Changes whenever the model may have. */
  get #moment(): string {
    const { run, state, history } = this.trainer;
    return run ? `${run.id} ${state} ${history.last?.number ?? 0}` : '';
  }

  /** Nothing is drawn for another moment until there is another picture of the model. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = effect(() => this.#poll.follow(this.#moment));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
  }

  static override styles = [
    base,
    buttons,
    css`
      .layers {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 4px;
        min-height: 28px;
        margin-top: 4px;
      }
      .buttons {
        display: flex;
      }
      .activation {
        display: flex;
        align-items: start;
        gap: 4px;
      }
      .activation > :first-child {
        flex: 1;
        min-width: 0;
      }
      lab-activations {
        margin-top: 2px;
      }
    `,
  ];

  override render(): TemplateResult {
    const { data, run, controls } = this.trainer;
    const { inputs = 1, outputs = 1 } = this.#inputsAndOutputs() ?? {};
    const hidden = this.#hidden();
    const model = editedModel(controls.form.trial.model, hidden);
    const shapes = this.#shapes();
    const fixed = controls.isFixed(hiddenEntry.path);
    const embedded = shapes?.layers.find((layer) => layer.embedding);
    const chosen = this.chosen !== undefined && this.chosen < hidden.length ? this.chosen : undefined;
    return html`
      <h2>${text.common.network}</h2>
      <lab-network-diagram
        .units=${[inputs, ...(embedded ? [embedded.outputs] : []), ...hidden, outputs]}
        .embedding=${embedded?.embedding ? text.network.embedding(count(embedded.embedding.frequencies)) : ''}
        .kinds=${hidden.map((_, layer) => kindOf(model, layer))}
        .picture=${this.#poll.answer?.run === run?.id ? this.#poll.answer : undefined}
        .chosen=${chosen}
        ?tiles=${data?.plane ?? false}
        ?fixed=${fixed}
        @layer-resize=${({ detail }: EventOf<'layer-resize'>) => this.#emit(resizeLayer(model, detail.layer, detail.units))}
        @layer-choose=${({ detail }: EventOf<'layer-choose'>) => this.#choose(detail.layer === chosen ? undefined : detail.layer)}
        @layer-remove=${({ detail }: EventOf<'layer-remove'>) => this.#remove(model, detail.layer)}
      ></lab-network-diagram>
      ${this.#layers(model, chosen, fixed)} ${this.#fields([hiddenEntry])} ${this.#ofLayers(model, chosen, fixed)}
      <lab-network-size
        .trial=${shapes?.trial}
        .layers=${shapes?.layers ?? []}
        .rows=${rowsOf(data)}
        .engine=${run?.engine}
        ?changed=${ownPaths.some((path) => controls.changes.has(path))}
      ></lab-network-size>
    `;
  }

  /** What is edited, and the two ways to have more or fewer layers. */
  #layers(model: EditedModel, chosen: number | undefined, fixed: boolean): TemplateResult {
    const layers = model.hidden.length;
    const words =
      layers === 0
        ? text.network.noHiddenLayers
        : chosen === undefined
          ? text.network.allLayersTab
          : text.network.layerOf({ layer: chosen + 1, layers });
    return html`<div class="layers">
      <span class="small" id="scope">${words}</span>
      <div class="buttons">
        ${
          chosen === undefined
            ? nothing
            : html`<button class="quiet small" type="button" @click=${() => this.#choose(undefined)}>
              ${text.network.allLayersTab}
            </button>`
        }
        <button
          class="quiet small"
          type="button"
          aria-label=${chosen === undefined ? text.network.removeLastLayer : text.network.removeLayer(chosen + 1)}
          ?disabled=${fixed || layers === 0}
          @click=${() => this.#remove(model, chosen ?? layers - 1)}
        >
          ${icon('minus', 12)} ${text.network.layer}
        </button>
        <button
          id="add"
          class="quiet small"
          type="button"
          aria-label=${chosen === undefined ? text.network.addLayer : text.network.addLayerAfter(chosen + 1)}
          ?disabled=${fixed || layers >= mostLayers}
          @click=${() => this.#add(model, chosen)}
        >
          ${icon('plus', 12)} ${text.network.layer}
        </button>
      </div>
    </div>`;
  }

  #ofLayers(model: EditedModel, chosen: number | undefined, fixed: boolean): TemplateResult {
    const value = chosen === undefined ? model.activation : ofLayer(model, 'activation', chosen);
    return html`<div class="activation">
        ${this.#layerField('activation', model, chosen, fixed)}
        <lab-activations
          ?fixed=${fixed}
          .value=${Array.isArray(value) ? undefined : (value as ActivationName)}
          .for=${chosen === undefined ? text.network.allHiddenLayers : text.network.hiddenLayer(chosen + 1)}
          @activation-choose=${({ detail }: EventOf<'activation-choose'>) => this.#setActivation(model, chosen, detail.name)}
        ></lab-activations>
      </div>
      ${this.#layerField('dropout', model, chosen, fixed)}`;
  }

  /** The setting itself, or the value that one layer has of it. */
  #layerField(
    name: 'activation' | 'dropout',
    model: EditedModel,
    chosen: number | undefined,
    fixed: boolean,
  ): TemplateResult {
    const entry = layerEntries[name];
    if (chosen === undefined) return this.#fields([entry]);
    const { path, field } = entry;
    const { form, changes } = this.trainer.controls;
    const applied = this.trainer.applied?.trial.model;
    const before = applied && editedModel(applied, applied.hidden);
    const had = before && chosen < before.hidden.length ? ofLayer(before, name, chosen) : undefined;
    const value = ofLayer(model, name, chosen);
    return html`<lab-field
      data-path=${path}
      data-layer=${chosen}
      .entry=${{ path, field: { ...field, perLayer: false } }}
      .value=${value}
      .problem=${form.problems.get(path) ?? form.problems.get(`${path}.${chosen}`) ?? ''}
      ?fixed=${fixed}
      ?changed=${!fixed && changes.has(path) && had !== undefined && value !== had}
      .applied=${had}
      @setting-change=${(event: EventOf<'setting-change'>) => {
        event.stopPropagation();
        this.#emit(setOfLayer(model, name, chosen, event.detail.value));
      }}
      @setting-restore=${(event: EventOf<'setting-restore'>) => {
        event.stopPropagation();
        this.#emit(setOfLayer(model, name, chosen, had));
      }}
    ></lab-field>`;
  }

  #fields(entries: FormField[]): TemplateResult {
    return html`<lab-fields .entries=${entries}></lab-fields>`;
  }

  /** The layers of the form where they are legal, else those of the run. */
  #hidden(): number[] {
    const { applied, controls } = this.trainer;
    if (controls.form.problems.has(hiddenEntry.path)) return applied?.trial.model.hidden ?? [];
    return (controls.form.trial.model?.hidden ?? []) as number[];
  }

  #shapes() {
    const { applied, controls } = this.trainer;
    const trial = (legalForm(controls.form) ?? applied)?.trial;
    if (!trial) return undefined;
    const output_activation = outputActivationFor(trial.model.output_activation, trial.training.loss);
    const model = { ...trial.model, hidden: this.#hidden(), output_activation };
    const { inputs = 1, outputs = 1, numbers } = this.#inputsAndOutputs() ?? {};
    return { trial, layers: layerShapes(model, inputs, outputs, numbers) };
  }

  /** What has inputs and outputs: the table, or the model that the next run goes on from. */
  #inputsAndOutputs(): Pick<TableView, 'inputs' | 'outputs' | 'numbers'> | undefined {
    return this.trainer.controls.form.from ?? this.trainer.data;
  }

  /** What is about one layer, or takes one away, is not always there. */
  focusAfter(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('#add');
  }

  #choose(layer: number | undefined): void {
    this.chosen = layer;
  }

  #add(model: EditedModel, chosen: number | undefined): void {
    this.#emit(addLayer(model, chosen));
    if (chosen !== undefined) this.chosen = chosen + 1;
  }

  #remove(model: EditedModel, layer: number): void {
    this.#emptied = model.hidden.length === 1;
    this.#emit(removeLayer(model, layer));
    if (this.chosen === undefined) return;
    const left = model.hidden.length - 1;
    const chosen = layer < this.chosen ? this.chosen - 1 : Math.min(this.chosen, left - 1);
    this.chosen = left === 0 ? undefined : chosen;
  }

  /** Of a network without hidden layers there is none to go on at, nor a button that takes one away. */
  override updated(_: PropertyValues): void {
    if (!this.#emptied || this.#hidden().length > 0) return;
    this.#emptied = false;
    this.renderRoot.querySelector<HTMLElement>('#add')?.focus();
  }

  #setActivation(model: EditedModel, chosen: number | undefined, name: ActivationName): void {
    this.#emit(
      chosen === undefined
        ? [{ path: layerEntries.activation.path, value: name }]
        : setOfLayer(model, 'activation', chosen, name),
    );
  }

  #emit(changes: Change[]): void {
    this.trainer.controls.changeAll(changes);
  }
}

function rowsOf(data: TableView | undefined): number {
  return data ? data.sets.train + data.sets.validation + data.sets.test : 0;
}

/** "tanh", or "tanh, dropout 0.2" */
function kindOf(model: EditedModel, layer: number): string {
  const dropout = ofLayer(model, 'dropout', layer);
  const activation = String(ofLayer(model, 'activation', layer) ?? '');
  return dropout === 0 || dropout === undefined ? activation : `${activation}, ${text.network.dropout(dropout)}`;
}
