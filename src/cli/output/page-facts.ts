/** What every command's report says of its engine and itself. */
import type { EngineInfo } from '../../engine/engine.ts';
import { withoutPassword } from '../../queue/address.ts';
import { commandOf } from '../../spec/shell.ts';
import { inEnglish } from '../../util/message.ts';

export function madeBy({ kind, adapter, software, why }: EngineInfo<string>) {
  return {
    command: commandOf(process.argv.slice(2).map(withoutPassword)),
    version: __VERSION__,
    runtime: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    made: new Date(),
    engine: { kind, adapter, software, why: inEnglish(why) },
  };
}
