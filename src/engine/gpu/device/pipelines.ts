/** Kernels as plain data, and the cache of compiled pipelines. */
import { gpu } from '../../../messages/en/engines/gpu.ts';
import { RunError } from '../../../util/errors.ts';
import { message } from '../../../util/message.ts';
import { type LinkedShader, linkShader, type ShaderModule, sourceAround } from './link.ts';

/** What is compiled: the same combination once per device. */
export interface Kernel {
  /** The file that `main` is in. */
  entry: ShaderModule;
  /** Those that hold; what they mean is said in the entry file. */
  conditions: readonly string[];
  /** Of `override` constants. One that the kernel does not declare is left out. */
  constants: Record<string, number>;
}

/** What a kernel is given, by binding number: those of the shader files. */
export type Buffers = Record<number, GPUBuffer | GPUBufferBinding | undefined>;

export function bind(device: GPUDevice, pipeline: GPUComputePipeline, buffers: Buffers): GPUBindGroup {
  const entries = Object.entries(buffers).flatMap(([binding, bound]) => {
    if (!bound) return [];
    return [{ binding: Number(binding), resource: 'buffer' in bound ? bound : { buffer: bound } }];
  });
  return device.createBindGroup({ label: pipeline.label, layout: pipeline.getBindGroupLayout(0), entries });
}

export interface PipelineCache {
  get(kernel: Kernel): Promise<GPUComputePipeline>;
  /** One that is compiled already. */
  ready(kernel: Kernel): GPUComputePipeline | undefined;
}

/** The entry file and the conditions, for labels and errors. */
export function kernelName({ entry, conditions }: Kernel): string {
  const name = entry.file.replace(/^.*\/|\.wgsl$/g, '');
  return [name, ...conditions].join(', ');
}

export function createPipelineCache(device: GPUDevice): PipelineCache {
  const modules = new Map<string, { linked: LinkedShader; module: GPUShaderModule }>();
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  const compiled = new Map<string, GPUComputePipeline>();
  const keyOf = (kernel: Kernel) => JSON.stringify([kernelName(kernel), kernel.constants]);

  const moduleOf = (kernel: Kernel) => {
    const name = kernelName(kernel);
    const known = modules.get(name);
    if (known) return known;
    const linked = linkShader(kernel.entry, kernel.conditions);
    const made = { linked, module: device.createShaderModule({ label: name, code: linked.code }) };
    modules.set(name, made);
    return made;
  };

  const compile = async (kernel: Kernel) => {
    const name = kernelName(kernel);
    const { linked, module } = moduleOf(kernel);
    const used = Object.fromEntries(
      Object.entries(kernel.constants).filter(([constant]) => linked.code.includes(`override ${constant}:`)),
    );
    try {
      return await device.createComputePipelineAsync({
        label: name,
        layout: 'auto',
        compute: { module, entryPoint: 'main', constants: used },
      });
    } catch (error) {
      const { messages } = await module.getCompilationInfo();
      const first = messages.find(({ type }) => type === 'error');
      const cause = first ? `${first.message}\n${sourceAround(linked, first.lineNum)}` : (error as Error).message;
      throw new RunError(message(gpu, 'kernel_broken', { name, cause }));
    }
  };

  return {
    get(kernel) {
      const key = keyOf(kernel);
      let pipeline = pipelines.get(key);
      if (!pipeline) {
        pipeline = compile(kernel).then((made) => {
          compiled.set(key, made);
          return made;
        });
        pipelines.set(key, pipeline);
      }
      return pipeline;
    },
    ready: (kernel) => compiled.get(keyOf(kernel)),
  };
}
