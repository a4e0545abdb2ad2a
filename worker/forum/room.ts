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
/** Milliseconds after which a room looks again whether everybody in it may still be there. */
const LOOK_AGAIN = 20_000;
const AT_ONCE = 8;
/** They may not be here any more (RFC 6455, 7.4.1: policy violation). */
const NO_MORE = 1008;

/** The people who have one topic before them. It holds their lines; what they may know is asked of the database, with their own eyes, each time. */
export class TopicRoom extends DurableObject<Env> {
  readonly #known = new WeakMap<WebSocket, Viewer>();
  #isTelling = false;
  #isAnnounced = false;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair('?', '!'));
  }

  /** A line for somebody who was let in; what the room needs to know of them is the request's `watching`. */
  override async fetch(request: Request): Promise<Response> {
    if (this.ctx.getWebSockets().length >= MOST) return new Response(null, { status: 503 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours);
    ours.serializeAttachment({ ...(JSON.parse(request.headers.get('watching')!) as Watching), told: 0 });
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + LOOK_AGAIN);
    this.ctx.waitUntil(this.#tell(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Something happened in the topic. What, and for whom, is looked up. */
  announce(): void {
    this.#isAnnounced = true;
    if (!this.#isTelling && this.ctx.getWebSockets().length > 0) this.ctx.waitUntil(this.#tellWhileAnnounced());
  }

  override async alarm(): Promise<void> {
    if (this.ctx.getWebSockets().length === 0) return;
    await this.#tellAll();
    await this.ctx.storage.setAlarm(Date.now() + LOOK_AGAIN);
  }

  override webSocketClose(socket: WebSocket): void {
    socket.close();
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
    const eyes = eyesOf(this.env, this.#known.get(socket) ?? visitor, proofOfWatcher(watching.session, 'UTC'));
    try {
      const [{ count, first }] = await eyes.load(newsOfTopic(watching.number, watching.seen));
      if (eyes.viewer.id === null) return socket.close(NO_MORE);
      this.#known.set(socket, eyes.viewer);
      if (count === watching.told) return;
      socket.serializeAttachment({ ...watching, told: count });
      socket.send(JSON.stringify({ count, first }));
    } catch (error) {
      if (error instanceof Refusal) socket.close(NO_MORE);
    }
  }
}
