/** What the server tells of its queue, while somebody looks: a hidden page, and one whose dialog is closed, asks for nothing. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { WatchedQueue, WorkStatus } from '../../sweep/queue-status.ts';

/** Of the server that the page is from; beside the page. */
const address = 'queue/events';

/** `none`: the server knows of no queue. `lost`: it does not answer, and is asked again. */
export type Link = 'connecting' | 'live' | 'lost' | 'none';

export interface ShownWork {
  id: string;
  /** Its submitter is silent. */
  away: boolean;
  status: WorkStatus;
}

export class WatchController implements ReactiveController {
  link: Link = 'connecting';
  queue: WatchedQueue | undefined;
  /** Newest first. */
  works: ShownWork[] = [];

  readonly #host: ReactiveControllerHost;
  /** By id; what the queue names is shown. */
  #statuses = new Map<string, WorkStatus>();
  #source: EventSource | undefined;
  #wanted = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#look);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#look);
    this.look(false);
  }

  look(wanted: boolean): void {
    this.#wanted = wanted;
    this.#look();
  }

  readonly #look = (): void => {
    const looks = this.#wanted && !document.hidden;
    if (looks && !this.#source) this.#listen();
    else if (!looks) {
      this.#source?.close();
      this.#source = undefined;
    }
  };

  #listen(): void {
    const source = new EventSource(address);
    source.addEventListener('work', ({ data }) => {
      const { id, ...status } = JSON.parse(data) as { id: string } & WorkStatus;
      this.#statuses.set(id, status);
    });
    source.addEventListener('queue', ({ data }) => this.#told(JSON.parse(data)));
    source.addEventListener('error', () => {
      // A browser that was refused does not ask again.
      const refused = source.readyState === EventSource.CLOSED;
      if (refused) this.#source = undefined;
      this.#set(refused ? 'none' : 'lost');
    });
    this.#source = source;
  }

  /** Comes after what has changed of its sweeps. */
  #told(queue: WatchedQueue): void {
    this.queue = queue;
    this.works = queue.works.flatMap(({ id, away }) => {
      const status = this.#statuses.get(id);
      return status ? [{ id, away, status }] : [];
    });
    this.#statuses = new Map(this.works.map(({ id, status }) => [id, status]));
    this.#set('live');
  }

  #set(link: Link): void {
    this.link = link;
    this.#host.requestUpdate();
  }
}
