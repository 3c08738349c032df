/** The JavaScript heaps of a page's workers, which are targets of their own to the browser's protocol. */
import type { CDPSession } from 'playwright';

/** Bytes of all of them, once nothing is left that nobody needs. */
export async function heapOfWorkers(cdp: CDPSession): Promise<number> {
  const sessions: string[] = [];
  const waiting = new Map<number, (result: { usedSize?: number }) => void>();
  let asked = 0;
  const attached = ({ sessionId }: { sessionId: string }) => void sessions.push(sessionId);
  const received = ({ message }: { message: string }) => {
    const { id, result } = JSON.parse(message);
    waiting.get(id)?.(result);
  };
  cdp.on('Target.attachedToTarget', attached);
  cdp.on('Target.receivedMessageFromTarget', received);
  const ask = async (sessionId: string, method: string) => {
    const id = ++asked;
    const answer = new Promise<{ usedSize?: number }>((resolve) => waiting.set(id, resolve));
    await cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
  const attach = (autoAttach: boolean) =>
    cdp.send('Target.setAutoAttach', { autoAttach, waitForDebuggerOnStart: false, flatten: false });
  await attach(true);
  let bytes = 0;
  for (const session of sessions) {
    await ask(session, 'HeapProfiler.collectGarbage');
    bytes += (await ask(session, 'Runtime.getHeapUsage')).usedSize ?? 0;
  }
  await attach(false);
  cdp.off('Target.attachedToTarget', attached);
  cdp.off('Target.receivedMessageFromTarget', received);
  return bytes;
}
