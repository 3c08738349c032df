/**
 * The plan code of a GPU's population: its plan, the layout of the resident plan, and the variants of the matrix product for
 * few, many and a great many results, with the rows of a split; evaluation takes those of the products on either plan.
 * `webgpu:layered:tiled8-tiled_wide8-tiled_wide16-128`, `webgpu:resident:storage4swaps:direct2-direct2-direct2`.
 */
import { planRefused } from '../../engine.ts';
import type { GpuContext } from '../context.ts';
import type { MatmulConfig, MatmulConfigs } from '../layered/matmul-config.ts';
import type { ResidentVariant } from '../resident/kernel.ts';
import { lanesOf } from '../software/quad-swap.ts';
import { configsSchema } from '../tuning/matmul.ts';

/** Of populations that train as several parts with different plans: one code for each. */
export const partSeparator = '+';

/**
 * @param variant of the resident plan; the layered one has none
 * @param configs undefined before a resident population has evaluated anything: then they are whatever is measured
 */
export function gpuPlanCode(variant: ResidentVariant | undefined, configs: MatmulConfigs | undefined): string {
  const way = variant ? `resident:${variant.memory}${variant.threads}${variant.swaps ? 'swaps' : ''}` : 'layered';
  return configs ? `webgpu:${way}:${productWords(configs)}` : `webgpu:${way}`;
}

function productWords({ few, many, large, sliceRows }: MatmulConfigs): string {
  const products = [few, many, large].map(({ core, threads }) => `${core}${threads}`);
  return [...products, ...(sliceRows === undefined ? [] : [sliceRows])].join('-');
}

/** What takes the way of a code. @throws InputError where it is none, or none of this adapter */
export async function contextOfPlan(
  context: GpuContext,
  code: string,
): Promise<{ context: GpuContext; plan: 'layered' | 'resident' }> {
  const read = readPlanCode(code);
  const { device, engine } = context;
  const most = device.limits.maxComputeInvocationsPerWorkgroup;
  if (!read || threadsOf(read) > most || (needsLanes(read) && !(await lanesOf(context)))) {
    throw planRefused(code, engine.adapter);
  }
  const { plan, resident, configs } = read;
  return { plan, context: { ...context, resident, configs: configs ? async () => configs : context.configs } };
}

interface ReadPlan {
  plan: 'layered' | 'resident';
  resident?: ResidentVariant;
  configs?: MatmulConfigs;
}

export function readPlanCode(code: string): ReadPlan | undefined {
  const [engine, plan, ...others] = code.split(':');
  const resident = plan === 'resident' ? readVariant(others.shift()) : undefined;
  const [products, ...odd] = others;
  const configs = readConfigs(products);
  if (engine !== 'webgpu' || odd.length > 0 || (products !== undefined && !configs)) return undefined;
  if (plan === 'layered' && configs) return { plan, configs };
  return resident && { plan: 'resident', resident, configs };
}

function readConfigs(text = ''): MatmulConfigs | undefined {
  const [few, many, large, rows, ...others] = text.split('-');
  const [first, second, third] = [few, many, large].map(readConfig);
  const read = { few: first, many: second, large: third, ...(rows === undefined ? {} : { sliceRows: Number(rows) }) };
  const { success, data } = configsSchema.safeParse(read);
  return success && others.length === 0 ? data : undefined;
}

function readConfig(text = ''): Partial<Record<keyof MatmulConfig, unknown>> {
  const [, core, threads] = /^([a-z_]+)(\d+)$/.exec(text) ?? [];
  return { core, threads: Number(threads) };
}

function readVariant(text = ''): ResidentVariant | undefined {
  const [, memory, threads, swaps] = /^(storage|workgroup)(4|8|16|32|64|128|256)(swaps)?$/.exec(text) ?? [];
  if (!memory) return undefined;
  return { memory: memory as ResidentVariant['memory'], threads: Number(threads), swaps: swaps !== undefined };
}

function productsOf({ configs }: ReadPlan): MatmulConfig[] {
  return configs ? [configs.few, configs.many, configs.large] : [];
}

/** Of the largest workgroup. */
function threadsOf(read: ReadPlan): number {
  return Math.max(read.resident?.threads ?? 0, ...productsOf(read).map(({ threads }) => threads ** 2));
}

function needsLanes(read: ReadPlan): boolean {
  return read.resident?.swaps === true || productsOf(read).some(({ core }) => core === 'direct_lanes');
}
