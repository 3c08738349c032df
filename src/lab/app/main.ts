/**
 * The page's entry. Every element of the page is named here, in one place, so that importing a component does nothing
 * by itself; the page comes last, when all that it draws with is known.
 */
import { LabConfusion } from '../charts/lab-confusion.ts';
import { LabPlot } from '../charts/lab-plot.ts';
import { LabTable } from '../charts/lab-table.ts';
import { LabData } from '../data/lab-data.ts';
import { LabDataDialogs } from '../data/lab-data-dialogs.ts';
import { LabGenerator } from '../data/lab-generator.ts';
import { LabNotices } from '../data/lab-notices.ts';
import { LabReading } from '../data/lab-reading.ts';
import { LabSamples } from '../data/lab-samples.ts';
import { LabFitBar } from '../fit/lab-fit-bar.ts';
import { startLanguage } from '../i18n/language.ts';
import { LabLessons } from '../lessons/lab-lessons.ts';
import { LabActivations } from '../network/lab-activations.ts';
import { LabNetwork } from '../network/lab-network.ts';
import { LabNetworkDiagram } from '../network/lab-network-diagram.ts';
import { LabNetworkSize } from '../network/lab-network-size.ts';
import { LabPredict } from '../predict/lab-predict.ts';
import { LabLosses } from '../run/lab-losses.ts';
import { LabMetrics } from '../run/lab-metrics.ts';
import { LabOverlayKey } from '../run/lab-overlay-key.ts';
import { LabReplay } from '../run/lab-replay.ts';
import { LabResults } from '../run/lab-results.ts';
import { LabToolbar } from '../run/lab-toolbar.ts';
import { LabTrainButton } from '../run/lab-train-button.ts';
import { LabKeeping } from '../runs/lab-keeping.ts';
import { LabRun } from '../runs/lab-run.ts';
import { LabRuns } from '../runs/lab-runs.ts';
import { LabUndo } from '../runs/lab-undo.ts';
import { LabChanges } from '../settings/lab-changes.ts';
import { LabColumnTypes } from '../settings/lab-column-types.ts';
import { LabEngine } from '../settings/lab-engine.ts';
import { LabField } from '../settings/lab-field.ts';
import { LabFields } from '../settings/lab-fields.ts';
import { LabHelp } from '../settings/lab-help.ts';
import { LabSettings } from '../settings/lab-settings.ts';
import { trustOwnScripts } from '../shared/trusted-types.ts';
import { LabSweepOpener } from '../sweep/lab-sweep-opener.ts';
import { defineAll, type Elements } from '../ui/define-once.ts';
import { LabDialog } from '../ui/lab-dialog.ts';
import { LabNotice } from '../ui/lab-notice.ts';
import { LabUnloaded } from '../ui/lab-unloaded.ts';
import { LabFit } from '../views/lab-fit.ts';
import { LabViews } from '../views/lab-views.ts';
import { LabApp } from './lab-app.ts';
import { LabHead } from './lab-head.ts';
import { LabLanguage } from './lab-language.ts';
import { LabLinked } from './lab-linked.ts';
import { LabShortcuts } from './lab-shortcuts.ts';
import { LabStart } from './lab-start.ts';

declare global {
  interface HTMLElementTagNameMap {
    'lab-activations': LabActivations;
    'lab-changes': LabChanges;
    'lab-column-types': LabColumnTypes;
    'lab-data': LabData;
    'lab-data-dialogs': LabDataDialogs;
    'lab-dialog': LabDialog;
    'lab-generator': LabGenerator;
    'lab-reading': LabReading;
    'lab-engine': LabEngine;
    'lab-field': LabField;
    'lab-fields': LabFields;
    'lab-fit': LabFit;
    'lab-fit-bar': LabFitBar;
    'lab-head': LabHead;
    'lab-help': LabHelp;
    'lab-language': LabLanguage;
    'lab-lessons': LabLessons;
    'lab-linked': LabLinked;
    'lab-losses': LabLosses;
    'lab-metrics': LabMetrics;
    'lab-network': LabNetwork;
    'lab-network-diagram': LabNetworkDiagram;
    'lab-network-size': LabNetworkSize;
    'lab-notice': LabNotice;
    'lab-notices': LabNotices;
    'lab-keeping': LabKeeping;
    'lab-overlay-key': LabOverlayKey;
    'lab-plot': LabPlot;
    'lab-predict': LabPredict;
    'lab-replay': LabReplay;
    'lab-results': LabResults;
    'lab-run': LabRun;
    'lab-runs': LabRuns;
    'lab-undo': LabUndo;
    'lab-samples': LabSamples;
    'lab-settings': LabSettings;
    'lab-confusion': LabConfusion;
    'lab-shortcuts': LabShortcuts;
    'lab-start': LabStart;
    'lab-sweep-opener': LabSweepOpener;
    'lab-table': LabTable;
    'lab-toolbar': LabToolbar;
    'lab-train-button': LabTrainButton;
    'lab-unloaded': LabUnloaded;
    'lab-views': LabViews;
    'lab-app': LabApp;
  }
}

const elements: Elements = {
  'lab-activations': LabActivations,
  'lab-changes': LabChanges,
  'lab-column-types': LabColumnTypes,
  'lab-data': LabData,
  'lab-data-dialogs': LabDataDialogs,
  'lab-dialog': LabDialog,
  'lab-generator': LabGenerator,
  'lab-reading': LabReading,
  'lab-engine': LabEngine,
  'lab-field': LabField,
  'lab-fields': LabFields,
  'lab-fit': LabFit,
  'lab-plot': LabPlot,
  'lab-fit-bar': LabFitBar,
  'lab-head': LabHead,
  'lab-help': LabHelp,
  'lab-language': LabLanguage,
  'lab-lessons': LabLessons,
  'lab-linked': LabLinked,
  'lab-losses': LabLosses,
  'lab-metrics': LabMetrics,
  'lab-network': LabNetwork,
  'lab-network-diagram': LabNetworkDiagram,
  'lab-network-size': LabNetworkSize,
  'lab-notice': LabNotice,
  'lab-notices': LabNotices,
  'lab-keeping': LabKeeping,
  'lab-overlay-key': LabOverlayKey,
  'lab-predict': LabPredict,
  'lab-replay': LabReplay,
  'lab-results': LabResults,
  'lab-run': LabRun,
  'lab-runs': LabRuns,
  'lab-undo': LabUndo,
  'lab-samples': LabSamples,
  'lab-settings': LabSettings,
  'lab-confusion': LabConfusion,
  'lab-shortcuts': LabShortcuts,
  'lab-start': LabStart,
  'lab-sweep-opener': LabSweepOpener,
  'lab-table': LabTable,
  'lab-toolbar': LabToolbar,
  'lab-train-button': LabTrainButton,
  'lab-unloaded': LabUnloaded,
  'lab-views': LabViews,
  'lab-app': LabApp,
};

trustOwnScripts();
// Works offline once it has been opened. Where there is no service worker (plain http), it works online.
// Before anything is waited for: the page may have loaded by then.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('./service-worker.js'));
}

await startLanguage();
defineAll(elements);
