import { DurableObject } from 'cloudflare:workers';
import { proofOfWatcher } from '../people/sessions.ts';
import { eyesOf } from '../platform/eyes.ts';
import { Refusal } from '../platform/refusal.ts';
import { type Viewer, visitor } from '../platform/viewer.ts';
import { newsOfTopic } from './records.ts';

/** Somebody who has a topic before them. */
export interface Watching {
  /** Hash of their session's secret. */
  session: string;
  number: number;
  /** How many posts the topic had when they opened it. */
  seen: number;
  /** How many they were told came since. */
  told: number;
}

const MOST = 500;
/** Milliseconds in which what many write is told as one. */
const GATHER = 400;
/** Milliseconds for which one look is enough, however often a sign of life asks for another. */
const LOOKED = 3_000;
const AT_ONCE = 8;
/** They may not be here any more (RFC 6455, 7.4.1: policy violation). */
const NO_MORE = 1008;

/** The people who have one topic before them. It holds their lines; what they may know is asked of the database, with their own eyes, each time. */
export class TopicRoom extends DurableObject<Env> {
  /** Who they were when it last looked. */
  readonly #known = new WeakMap<WebSocket, { viewer: Viewer; at: number }>();
  #isTelling = false;
  #isAnnounced = false;

  /** A line for somebody who was let in; what the room needs to know of them is the request's `watching`. */
  override async fetch(request: Request): Promise<Response> {
    if (this.ctx.getWebSockets().length >= MOST) return new Response(null, { status: 503 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours);
    ours.serializeAttachment({ ...(JSON.parse(request.headers.get('watching')!) as Watching), told: 0 });
    this.ctx.waitUntil(this.#tell(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Something happened in the topic. What, and for whom, is looked up. */
  announce(): void {
    this.#isAnnounced = true;
    if (!this.#isTelling && this.ctx.getWebSockets().length > 0) this.ctx.waitUntil(this.#tellWhileAnnounced());
  }

  /** A sign of life: whether they may still be here is looked up, although nobody writes. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    if (Date.now() - (this.#known.get(socket)?.at ?? 0) > LOOKED) await this.#tell(socket);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code);
  }


  async #tellWhileAnnounced(): Promise<void> {
    this.#isTelling = true;
    try {
      while (this.#isAnnounced) {
        await scheduler.wait(GATHER);
        this.#isAnnounced = false;
        await this.#tellAll();
      }
    } finally {
      this.#isTelling = false;
    }
  }

  async #tellAll(): Promise<void> {
    const left = this.ctx.getWebSockets();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = left.pop(); next; next = left.pop()) await this.#tell(next);
      }),
    );
  }

  /** Tells one of them how many posts are new and where the first is, if that is news; shows out who may not see the topic, or is nobody any more. */
  async #tell(socket: WebSocket): Promise<void> {
    const watching = socket.deserializeAttachment() as Watching;
    const eyes = eyesOf(this.env, this.#known.get(socket)?.viewer ?? visitor, proofOfWatcher(watching.session, 'UTC'));
    try {
      const [{ count, first }] = await eyes.load(newsOfTopic(watching.number, watching.seen));
      if (eyes.viewer.id === null) return socket.close(NO_MORE);
      this.#known.set(socket, { viewer: eyes.viewer, at: Date.now() });
      if (count === watching.told) return;
      socket.serializeAttachment({ ...watching, told: count });
      socket.send(JSON.stringify({ count, first }));
    } catch (error) {
      if (error instanceof Refusal) socket.close(NO_MORE);
    }
  }
}
