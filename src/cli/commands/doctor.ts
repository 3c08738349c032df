/** `doctor`: what this machine can train on, and which engine `auto` takes. It never fails: what is missing is said. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import { requestEngine } from '../../engine/request.ts';
import { InputError, RunError } from '../../util/errors.ts';
import { counted } from '../../util/words.ts';
import { headlessEngine } from '../headless.ts';
import { pairs, print, printJson, whole } from '../output/output.ts';
import { type CalibrationReport, examineCalibration } from './calibrate.ts';

/** Limits that decide how large a network and a batch can be. */
const limitNames = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupsPerDimension',
] as const;

const limitWords: Record<(typeof limitNames)[number], (limit: number) => string> = {
  maxBufferSize: (limit) => `a buffer ${bytes(limit)}`,
  maxStorageBufferBindingSize: (limit) => `a storage binding ${bytes(limit)}`,
  maxStorageBuffersPerShaderStage: (limit) => `${limit} storage buffers a stage`,
  maxComputeWorkgroupStorageSize: (limit) => `workgroup memory ${bytes(limit)}`,
  maxComputeInvocationsPerWorkgroup: (limit) => `${limit} invocations a workgroup`,
  maxComputeWorkgroupsPerDimension: (limit) => `${whole(limit)} workgroups a dimension`,
};

/** The features that matter to training or to measuring it; the many others are about pictures. */
const computeFeatures = ['shader-f16', 'subgroups', 'subgroup-matrix', 'timestamp-query'];

type Limits = Record<(typeof limitNames)[number], number>;

interface AdapterReport {
  name: string;
  vendor: string;
  architecture: string;
  software: boolean;
  how: string;
  limits: Limits;
  features: string[];
  self_test: { passed: true } | { passed: false; problem: string };
}

interface Report {
  command: 'doctor';
  version: string;
  node: string;
  machine: { platform: string; cpu: string; cores: number; memory_bytes: number };
  webgpu: { available: true; adapter: AdapterReport } | { available: false; reason: string };
  browser: { found: true; path: string; source: string } | { found: false; reason: string };
  calibration: CalibrationReport;
  cpu: { adapter: string; why: string };
  auto: { kind: string; adapter: string; software: boolean; why: string } | { kind: null; why: string };
}

export function define(command: Command): void {
  command
    .option('--json', 'Print one JSON object instead of text')
    .option('--recalibrate', 'Forget the choices measured on this machine, and measure anew')
    .action(async ({ json, recalibrate = false }: { json?: boolean; recalibrate?: boolean }) => {
      const report = await examine(recalibrate);
      if (json) printJson(report);
      else print(textOf(report));
    });
}

async function examine(recalibrate: boolean): Promise<Report> {
  const { requestDawn } = await import('../../machine/dawn.ts');
  const dawn = await requestDawn();
  return {
    command: 'doctor',
    version: __VERSION__,
    node: process.versions.node,
    machine: {
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memory_bytes: totalmem(),
    },
    webgpu: await examineGpu(dawn),
    browser: await examineBrowser(),
    calibration: await examineCalibration(dawn.gpu, recalibrate),
    cpu: await examineCpu(),
    auto: await examineAuto(),
  };
}

type Dawn = Awaited<ReturnType<typeof import('../../machine/dawn.ts')['requestDawn']>>;

async function examineGpu(dawn: Dawn): Promise<Report['webgpu']> {
  if (!dawn.gpu) return { available: false, reason: dawn.reason };
  const adapter = await dawn.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return { available: false, reason: 'there is no graphics adapter for it' };
  const { vendor, architecture, device, description } = adapter.info;
  return {
    available: true,
    adapter: {
      name: description || device || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter',
      vendor,
      architecture,
      software: dawn.software,
      how: dawn.how,
      limits: Object.fromEntries(limitNames.map((name) => [name, Number(adapter.limits[name])])) as Limits,
      features: [...adapter.features].sort(),
      self_test: await examineNumbers(dawn.gpu),
    },
  };
}

/** Whether the device gets right what it is asked when an engine is opened. */
async function examineNumbers(gpu: GPU): Promise<AdapterReport['self_test']> {
  try {
    (await requestEngine({ kind: 'webgpu', gpu })).destroy();
    return { passed: true };
  } catch (error) {
    if (error instanceof InputError || error instanceof RunError) return { passed: false, problem: error.message };
    throw error;
  }
}

async function examineBrowser(): Promise<Report['browser']> {
  try {
    const { findBrowser } = await import('../../machine/browser.ts');
    const { executablePath, source } = await findBrowser();
    return { found: true, path: executablePath, source };
  } catch (error) {
    return { found: false, reason: (error as Error).message };
  }
}

/** What the CPU trains with: threads and SIMD, or plain loops and why. */
async function examineCpu(): Promise<Report['cpu']> {
  const engine = await requestEngine({ kind: 'cpu' });
  const { adapter, why } = engine;
  engine.destroy();
  return { adapter, why };
}

/** What `auto` does is found by asking it, device and all. */
async function examineAuto(): Promise<Report['auto']> {
  try {
    const engine = await headlessEngine({ kind: 'auto' });
    const { kind, adapter, software, why } = engine;
    engine.destroy();
    return { kind, adapter, software, why };
  } catch (error) {
    return { kind: null, why: (error as Error).message };
  }
}

function textOf({ version, node, machine, webgpu, browser, calibration, cpu, auto }: Report): string {
  const facts: [string, string][] = [
    ['version', `perceptron-lab ${version}, Node ${node}, ${machine.platform}`],
    ['machine', `${machine.cpu}, ${machine.cores} cores, ${bytes(machine.memory_bytes)} of memory`],
  ];
  if (webgpu.available) {
    const { name, software, how, limits, features, self_test } = webgpu.adapter;
    facts.push(
      ['WebGPU', `${name}${software ? ', a software adapter' : ''} (${how})`],
      ['limits', limitNames.map((limit) => limitWords[limit](limits[limit])).join(', ')],
      ['features', featureWords(features)],
      ['self-test', self_test.passed ? 'passed' : `failed: ${self_test.problem}`],
    );
  } else {
    facts.push(['WebGPU', `not available: ${webgpu.reason}`]);
  }
  facts.push(
    ['CPU', cpu.why === 'asked for' ? cpu.adapter : `${cpu.adapter} (${cpu.why})`],
    [
      'browser',
      browser.found ? `${browser.path} (${sourceWords[browser.source] ?? browser.source})` : `none: ${browser.reason}`,
    ],
    ['measured', calibrationWords(calibration)],
    ['auto', auto.kind ? `takes ${auto.kind}: ${auto.why}` : `takes nothing: ${auto.why}`],
  );
  return pairs(facts);
}

function calibrationWords({ file, choices, problem, plan }: CalibrationReport): string {
  const where = problem ? `not kept (${problem})` : `${counted(choices, 'choice')} in ${file}`;
  return plan ? `${where}; ${plan.network} takes plan ${plan.plan} (${plan.why})` : where;
}

function featureWords(features: string[]): string {
  const known = features.filter((feature) => computeFeatures.includes(feature));
  const others = features.length - known.length;
  return [...known, ...(others > 0 ? [`${counted(others, 'other')} (--json lists them)`] : [])].join(', ') || 'none';
}

const sourceWords: Record<string, string> = {
  CHROME_PATH: 'named by CHROME_PATH',
  installed: 'installed on this machine',
  package: 'from the npm package @sparticuz/chromium',
};

function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${Number((count / 1024 ** power).toPrecision(3))}\u00a0${units[power]}`;
}
