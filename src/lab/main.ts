/**
 * The page's entry. Every element of the page is named here, in one place, so that importing a component does nothing
 * by itself; the page comes last, when all that it draws with is known.
 */
import type { LitElement } from 'lit';
import { LabActivations } from './components/lab-activations.ts';
import { LabApp } from './components/lab-app.ts';
import { LabChanges } from './components/lab-changes.ts';
import { LabColumnTypes } from './components/lab-column-types.ts';
import { LabConfusion } from './components/lab-confusion.ts';
import { LabData } from './components/lab-data.ts';
import { LabDataDialogs } from './components/lab-data-dialogs.ts';
import { LabDialog } from './components/lab-dialog.ts';
import { LabEngine } from './components/lab-engine.ts';
import { LabField } from './components/lab-field.ts';
import { LabFields } from './components/lab-fields.ts';
import { LabFit } from './components/lab-fit.ts';
import { LabGenerator } from './components/lab-generator.ts';
import { LabHead } from './components/lab-head.ts';
import { LabHelp } from './components/lab-help.ts';
import { LabKeeping } from './components/lab-keeping.ts';
import { LabLanguage } from './components/lab-language.ts';
import { LabLessons } from './components/lab-lessons.ts';
import { LabLinked } from './components/lab-linked.ts';
import { LabLosses } from './components/lab-losses.ts';
import { LabMetrics } from './components/lab-metrics.ts';
import { LabNetwork } from './components/lab-network.ts';
import { LabNetworkDiagram } from './components/lab-network-diagram.ts';
import { LabNetworkSize } from './components/lab-network-size.ts';
import { LabNotice } from './components/lab-notice.ts';
import { LabNotices } from './components/lab-notices.ts';
import { LabOverlayKey } from './components/lab-overlay-key.ts';
import { LabPredict } from './components/lab-predict.ts';
import { LabReading } from './components/lab-reading.ts';
import { LabResults } from './components/lab-results.ts';
import { LabRun } from './components/lab-run.ts';
import { LabRunDiff } from './components/lab-run-diff.ts';
import { LabRuns } from './components/lab-runs.ts';
import { LabSettings } from './components/lab-settings.ts';
import { LabShortcuts } from './components/lab-shortcuts.ts';
import { LabSweepOpener } from './components/lab-sweep-opener.ts';
import { LabTable } from './components/lab-table.ts';
import { LabToolbar } from './components/lab-toolbar.ts';
import { LabTrainButton } from './components/lab-train-button.ts';
import { LabUndo } from './components/lab-undo.ts';
import { LabUnloaded } from './components/lab-unloaded.ts';
import { LabViews } from './components/lab-views.ts';
import { defineAll } from './define-once.ts';
import { LabFitBar } from './fit/lab-fit-bar.ts';
import { startLanguage } from './language.ts';

const elements: Record<string, typeof LitElement> = {
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
  'lab-results': LabResults,
  'lab-run': LabRun,
  'lab-run-diff': LabRunDiff,
  'lab-runs': LabRuns,
  'lab-undo': LabUndo,
  'lab-settings': LabSettings,
  'lab-confusion': LabConfusion,
  'lab-shortcuts': LabShortcuts,
  'lab-sweep-opener': LabSweepOpener,
  'lab-table': LabTable,
  'lab-toolbar': LabToolbar,
  'lab-train-button': LabTrainButton,
  'lab-unloaded': LabUnloaded,
  'lab-views': LabViews,
  'lab-app': LabApp,
};

// Works offline once it has been opened. Where there is no service worker (plain http), it works online.
// Before anything is waited for: the page may have loaded by then.
if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('./service-worker.js'));
}

await startLanguage();
defineAll(elements);
