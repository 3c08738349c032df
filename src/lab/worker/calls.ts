/**
 * What the worker takes from its page: calls. comlink would also put another value in the place of a method or let go of the port, and
 * throws at what is no message of its own, which a page takes for the worker's end.
 */
import type { Endpoint } from 'comlink';

export function onlyCalls(port: Endpoint): Endpoint {
  return {
    postMessage: (answer, transferred) => port.postMessage(answer, transferred),
    removeEventListener: () => {},
    addEventListener: (kind, listener) =>
      port.addEventListener(kind, (event) => {
        try {
          if ((event as MessageEvent).data.type === 'APPLY') (listener as EventListener)(event);
        } catch (error) {
          console.warn('Not a call:', error);
        }
      }),
  };
}
