/**
 * The pages of the API reference, grouped by task, each with the exports that it describes: the first gives it its name and
 * path. A test fails where an export is in none, or in two.
 */
export interface Group {
  title: string;
  pages: [string, ...string[]][];
}

export const groups: Group[] = [
  {
    title: 'Tables',
    pages: [
      ['readCsv', 'CsvOptions'],
      ['Table', 'Column', 'Rows', 'CellValue', 'RowOptions', 'Notice'],
      ['summarize', 'TableSummary'],
      ['generate', 'GeneratorName', 'GenerateSettings'],
    ],
  },
  {
    title: 'Preparing',
    pages: [
      ['prepare', 'DataSettingsInput', 'DataSet', 'Preprocessing'],
      ['prepareAsync'],
      ['prepareFolds'],
      ['prepareLike', 'LikeSettings'],
    ],
  },
  {
    title: 'Engines',
    pages: [
      ['requestEngine', 'Engine', 'EngineInfo', 'Calibration'],
      ['Population', 'EngineData', 'LayerShape'],
    ],
  },
  {
    title: 'Training',
    pages: [
      ['train', 'TrainSettings', 'TrialInput', 'TrainOptions', 'RunOptions', 'Monitor', 'Trial'],
      ['trainPopulation'],
      ['Run', 'EpochRecord', 'StopReason', 'LiveChanges', 'MadeChange', 'PlannedChange'],
      ['Metrics', 'RegressionMetrics', 'ClassMetrics', 'ClassScores', 'EpochMetrics'],
      ['CustomLoss', 'OutputLoss', 'RowLoss'],
      ['CustomMetric', 'CustomMetrics', 'Answer'],
      ['refit'],
      ['resumeRun', 'RunCheckpoint'],
      ['fineTuning'],
    ],
  },
  {
    title: 'Sweeps',
    pages: [
      [
        'sweep',
        'SweepInput',
        'SweepOptions',
        'SweepResult',
        'Leader',
        'TrialResult',
        'SweptTrial',
        'SweepProgress',
        'SweepStore',
        'Sweep',
      ],
      ['averageWinner', 'AverageOptions', 'WinnerAverage', 'Estimate'],
    ],
  },
  { title: 'Fit', pages: [['fit', 'FitOptions', 'FitFunctions', 'FitResult', 'FitPlan', 'FitProgress', 'Gain']] },
  {
    title: 'Models',
    pages: [
      ['Model', 'Prediction', 'NumberPrediction', 'ClassPrediction', 'TargetsPrediction'],
      ['saveModel'],
      ['loadModel'],
      ['loadSequential', 'NetworkColumns'],
      ['createPredictor', 'Predictor', 'PredictorOptions'],
      ['modelImportance', 'ModelImportance', 'ExplainOptions'],
      ['modelDependence', 'ModelDependence'],
      ['modelExplanations', 'ExplanationOptions', 'ModelExplanations', 'AnswerExplanation', 'Contribution'],
      ['ModelData', 'Member', 'ModelCalibration'],
    ],
  },
  {
    title: 'Export',
    pages: [
      ['exportModel', 'ExportFormat', 'ExportOptions', 'ExportedFile'],
      ['toOnnx'],
      ['toJavaScript'],
      ['toC'],
      ['toPyTorch', 'PyTorchFiles'],
      ['toModelCard'],
      ['ModelDescription'],
    ],
  },
  {
    title: 'Custom element',
    pages: [
      ['PerceptronLabElement', 'EmbedSettings', 'EmbedEvents', 'PanelName'],
      ['definePerceptronLab'],
      ['createTrainer', 'Trainer', 'TrainerOptions', 'TrainerState', 'TrainerStatus'],
    ],
  },
  {
    title: 'Node',
    pages: [
      ['requestDawn', 'Dawn'],
      ['calibrationFile', 'CalibrationFile'],
    ],
  },
  { title: 'Errors', pages: [['InputError', 'MessageCode', 'MessageParams'], ['RunError']] },
];
