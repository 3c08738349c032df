/** What the library offers to Node alone, as `perceptron-lab/node`: WebGPU, and a file for what was measured with it. */
export { type CalibrationFile, calibrationFile } from './calibration-file.ts';
export { type Dawn, requestDawn } from './dawn.ts';
