/** `doctor`: what this machine can train on, and which engine `auto` takes. It never fails: what is missing is said. */
import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import { requestEngine } from '../../engine/request.ts';
import type { Browser } from '../../machine/browser.ts';
import { summary } from '../../messages/en/command-line/summary.ts';
import { engines } from '../../messages/en/engines/engines.ts';
import { InputError, RunError, saidBy } from '../../util/errors.ts';
import { type Message, message, type Said } from '../../util/message.ts';
import { headlessEngine } from '../headless.ts';
import { inLanguage } from '../language.ts';
import { fact, pairs, print, printJson } from '../output/output.ts';
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

/** The features that matter to training or to measuring it; the many others are about pictures. */
const computeFeatures = ['shader-f16', 'subgroups', 'subgroup-matrix', 'timestamp-query'];

type Limits = Record<(typeof limitNames)[number], number>;

interface AdapterReport {
  name: string;
  vendor: string;
  architecture: string;
  software: boolean;
  how: Said;
  limits: Limits;
  features: string[];
  self_test: { passed: true } | { passed: false; problem: Said };
}

interface Report {
  command: 'doctor';
  version: string;
  node: string;
  machine: { platform: string; cpu: string; cores: number; memory_bytes: number };
  webgpu: { available: true; adapter: AdapterReport } | { available: false; reason: Said };
  browser: { found: true; path: string; source: Browser['source'] } | { found: false; reason: Said };
  calibration: CalibrationReport;
  cpu: { adapter: string; why: Said };
  auto: { kind: string; adapter: string; software: boolean; why: Said } | { kind: null; why: Said };
}

export function define(command: Command): void {
  command
    .option('--json', 'Print one JSON object instead of text')
    .option('--recalibrate', 'Forget the choices measured on this machine, and measure anew')
    .action(async ({ json, recalibrate = false }: { json?: boolean; recalibrate?: boolean }) => {
      const report = await examine(recalibrate);
      if (json) printJson(jsonOf(report));
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
  if (!adapter) return { available: false, reason: message(engines, 'no_adapter') };
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
    if (error instanceof InputError || error instanceof RunError) return { passed: false, problem: saidBy(error) };
    throw error;
  }
}

async function examineBrowser(): Promise<Report['browser']> {
  try {
    const { findBrowser } = await import('../../machine/browser.ts');
    const { executablePath, source } = await findBrowser();
    return { found: true, path: executablePath, source };
  } catch (error) {
    return { found: false, reason: saidBy(error) };
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
    return { kind: null, why: saidBy(error) };
  }
}

function textOf({ version, node, machine, webgpu, browser, calibration, cpu, auto }: Report): string {
  const { cpu: name, cores, memory_bytes } = machine;
  const facts = [
    fact('version', `perceptron-lab ${version}, Node ${node}, ${machine.platform}`),
    fact('machine', message(summary, 'machine_facts', { name, cores, memory: bytes(memory_bytes) })),
  ];
  if (webgpu.available) {
    const { name: adapter, software, how, limits, features, self_test } = webgpu.adapter;
    facts.push(
      fact('webgpu', message(summary, 'adapter_facts', { adapter, software, how })),
      fact('limits', limitsMessage(limits)),
      fact('features', featuresMessage(features)),
      fact(
        'self_test',
        self_test.passed
          ? message(summary, 'check_passed')
          : message(summary, 'check_failed', { why: self_test.problem }),
      ),
    );
  } else {
    facts.push(fact('webgpu', message(summary, 'webgpu_missing', { why: webgpu.reason })));
  }
  facts.push(
    fact(
      'cpu',
      typeof cpu.why !== 'string' && cpu.why.code === 'asked_for'
        ? cpu.adapter
        : `${cpu.adapter} (${inLanguage(cpu.why)})`,
    ),
    fact(
      'browser',
      browser.found
        ? message(summary, 'browser_found', { file: browser.path, from: browser.source })
        : message(summary, 'no_browser', { why: browser.reason }),
    ),
    fact('measured', calibrationMessage(calibration)),
    fact('auto', autoMessage(auto)),
  );
  return pairs(facts);
}

function autoMessage({ kind, why }: Report['auto']): Message {
  if (kind === 'auto') return message(summary, 'auto_measures', { why });
  return kind ? message(summary, 'auto_takes', { engine: kind, why }) : message(summary, 'auto_takes_nothing', { why });
}

function calibrationMessage({ file, choices: count, problem, plan }: CalibrationReport): Message {
  const kept = problem
    ? message(summary, 'choices_not_kept', { detail: problem })
    : message(summary, 'choices_kept', { count, file });
  return plan ? message(summary, 'choice_made', { kept, ...plan }) : kept;
}

function limitsMessage(limits: Limits): Message {
  return message(summary, 'adapter_limits', {
    buffer: bytes(limits.maxBufferSize),
    binding: bytes(limits.maxStorageBufferBindingSize),
    buffers: limits.maxStorageBuffersPerShaderStage,
    memory: bytes(limits.maxComputeWorkgroupStorageSize),
    invocations: limits.maxComputeInvocationsPerWorkgroup,
    workgroups: limits.maxComputeWorkgroupsPerDimension,
  });
}

function featuresMessage(features: string[]): Message {
  const names = features.filter((feature) => computeFeatures.includes(feature));
  return message(summary, 'adapter_features', { names, others: features.length - names.length });
}

/** In JSON every message is its English sentence. */
function jsonOf(report: Report): unknown {
  return JSON.parse(JSON.stringify(report, (_, value) => (isMessage(value) ? value.text : value)));
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'code' in value && 'params' in value && 'text' in value;
}

function bytes(count: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  return `${Number((count / 1024 ** power).toPrecision(3))}\u00a0${units[power]}`;
}
