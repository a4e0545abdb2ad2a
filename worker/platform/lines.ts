import { DurableObject } from 'cloudflare:workers';
import type { Portal } from './portal.ts';
import { Refusal } from './refusal.ts';
import { type Viewer, visitor } from './viewer.ts';

/** Somebody who has a page before them, as who lets them in says it. */
export interface Watching {
  /** Hash of their session's secret. */
  session: string;
  /** Number of what they look at. */
  number: number;
  /** How far they have seen it. */
  seen: number;
  /** The room that they were let into. */
  room: string;
}

/** Who of those who look may be told to the others. */
export interface Present {
  id: string;
  name: string;
}

/** How many are new, and which is the first of them; and, where that can be another, the room that tells of it now. */
export interface News {
  count: number;
  first: number | string | null;
  room?: string;
}

/** A line; `told` is what was said on it last. */
type Line = Watching & { told: string; who: Present | null };

const MOST = 500;
/** Milliseconds in which what many write is told as one. */
const GATHER = 400;
/** Milliseconds for which one look is enough, however often a sign of life asks for another. */
const LOOKED = 3_000;
const AT_ONCE = 8;
/** Names that are told of those who look at the same. */
const NAMES = 6;
/** They may not be here any more (RFC 6455, 7.4.1: policy violation). */
const NO_MORE = 1008;
/** From here on nobody may say a code that was only heard (RFC 6455, 7.4.1). */
const RESERVED = 1004;
/** It is told of in another room now: call again (RFC 6455, registry of close codes: service restart). */
const MOVED = 1012;

const saying = ({ count, first }: News, here: string[]) => JSON.stringify({ count, first, ...(here.length > 0 ? { here } : {}) });
const SILENCE = saying({ count: 0, first: null }, []);

/** The people who have one thing before them. It holds their lines; what they may know is asked of the database, with their own eyes, each time. */
export abstract class Lines extends DurableObject<Env> {
  /** Who they were when it last looked. */
  readonly #known = new WeakMap<WebSocket, { viewer: Viewer; at: number }>();
  #isTelling = false;
  #isAnnounced = false;

  /** What the holder of a session can reach; `viewer` is who they were last. */
  protected abstract eyes(viewer: Viewer, session: string): Portal;

  /** What is new for them. Refused when they may not look any more. */
  protected abstract news(eyes: Portal, watching: Watching): Promise<News>;

  /** As whom the others who are present see them, if they do. */
  protected present(_viewer: Viewer): Present | null {
    return null;
  }

  /** A line for somebody who was let in; what the room needs to know of them is the request's `watching`. */
  override async fetch(request: Request): Promise<Response> {
    if (this.ctx.getWebSockets().length >= MOST) return new Response(null, { status: 503 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.ctx.acceptWebSocket(ours);
    ours.serializeAttachment({ ...(JSON.parse(request.headers.get('watching')!) as Watching), told: SILENCE, who: null } satisfies Line);
    this.ctx.waitUntil(this.#tell(ours));
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Something happened. What, and for whom, is looked up. */
  announce(): void {
    this.#isAnnounced = true;
    if (!this.#isTelling && this.ctx.getWebSockets().length > 0) this.ctx.waitUntil(this.#tellWhileAnnounced());
  }

  /** A sign of life: whether they may still be here is looked up, although nobody writes. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    if (Date.now() - (this.#known.get(socket)?.at ?? 0) > LOOKED) await this.#tell(socket);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code < RESERVED ? code : 1000);
    if ((socket.deserializeAttachment() as Line).who) this.announce();
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

  /** Tells one of them what is new, if that is news; shows out who may not look, or is nobody any more. */
  async #tell(socket: WebSocket): Promise<void> {
    const line = socket.deserializeAttachment() as Line;
    const eyes = this.eyes(this.#known.get(socket)?.viewer ?? visitor, line.session);
    try {
      const news = await this.news(eyes, line);
      if (eyes.viewer.id === null) return socket.close(NO_MORE);
      if (news.room !== undefined && news.room !== line.room) return socket.close(MOVED);
      this.#known.set(socket, { viewer: eyes.viewer, at: Date.now() });
      const who = this.present(eyes.viewer);
      if (who?.id !== line.who?.id) this.announce();
      const said = saying(news, who ? this.#others(who) : []);
      socket.serializeAttachment({ ...line, told: said, who } satisfies Line);
      if (said !== line.told) socket.send(said);
    } catch (error) {
      if (error instanceof Refusal) socket.close(NO_MORE);
    }
  }

  /** Names of the others who are present. */
  #others({ id }: Present): string[] {
    const present = this.ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN).flatMap((socket) => (socket.deserializeAttachment() as Line).who ?? []);
    return [...new Map(present.filter((one) => one.id !== id).map((one) => [one.id, one.name])).values()].sort().slice(0, NAMES);
  }
}
