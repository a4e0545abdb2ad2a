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
  /** What their page shows of it beside, as the page says it. */
  known?: string;
  /** Ids of what their page shows that is still to come. */
  held?: string[];
  /** What else the room has to know of what they look at. */
  shown?: unknown;
}

/** Who of those who look may be told to the others. */
export interface Present {
  id: string;
  name: string;
}

/** How many are new, and which is the first of them; by name what else is not as their page shows it, with what it is now where that can be told; and, where that can be another, the room that tells of it now. */
export interface News {
  count: number;
  first: number | string | null;
  changed?: Record<string, string | null>;
  /** By id what became of what was still to come, with whom that is because of. */
  held?: Record<string, [became: string, name: string | null]>;
  room?: string;
}

/** What somebody can be writing, as their page says it. */
const kinds = ['reply', 'note'] as const;
type Kind = (typeof kinds)[number];

/** A line; `told` is what was said on it last, `writing` what they write, until when that counts if they do not say it again. */
type Line = Watching & { told: string; who: Present | null; writing?: { kind: Kind; until: number } };

const MOST = 500;
/** Milliseconds in which what many write is told as one. */
const GATHER = 400;
/** Milliseconds for which one look is enough, however often a sign of life asks for another. */
const LOOKED = 3_000;
/** Milliseconds for which somebody counts as writing, and after which it is heard again that they do. Pages say it every five seconds. */
const WRITES = 9_000;
const HEARD = 2_000;
const AT_ONCE = 8;
/** Names that are told of those who look at the same. */
const NAMES = 6;
/** They may not be here any more (RFC 6455, 7.4.1: policy violation). */
const NO_MORE = 1008;
/** From here on nobody may say a code that was only heard (RFC 6455, 7.4.1). */
const RESERVED = 1004;
/** It is told of in another room now: call again (RFC 6455, registry of close codes: service restart). */
const MOVED = 1012;

const saying = ({ count, first, changed, held }: News, { here, writing }: Others) => JSON.stringify({ count, first, ...(changed ? { changed } : {}), ...(held ? { held } : {}), ...(here.length > 0 ? { here } : {}), ...(writing.length > 0 ? { writing } : {}) });

/** Names of others who are present, and what some of them write. */
interface Others {
  here: string[];
  writing: [name: string, kind: Kind][];
}
const NOBODY: Others = { here: [], writing: [] };
const SILENCE = saying({ count: 0, first: null }, NOBODY);

const lineOf = (socket: WebSocket) => socket.deserializeAttachment() as Line;
const writes = ({ writing }: Line, now: number) => writing !== undefined && writing.until > now;

/** The people who have one thing before them. It holds their lines; what they may know is asked of the database, with their own eyes, each time. */
export abstract class Lines extends DurableObject<Env> {
  /** Who they were when it last looked. */
  readonly #known = new WeakMap<WebSocket, { viewer: Viewer; at: number }>();
  #isTelling = false;
  /** Whom it has to look for: everybody, or those alone who are told of one another. */
  #announced: 'everybody' | 'present' | undefined;
  #isFading = false;

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
    this.#announceTo('everybody');
  }

  #announceTo(whom: 'everybody' | 'present'): void {
    this.#announced = this.#announced === 'everybody' ? 'everybody' : whom;
    if (!this.#isTelling && this.ctx.getWebSockets().length > 0) this.ctx.waitUntil(this.#tellWhileAnnounced());
  }

  /** What they write; or a sign of life: whether they may still be here is looked up, although nothing happens. */
  override async webSocketMessage(socket: WebSocket, said: string | ArrayBuffer): Promise<void> {
    const kind = kinds.find((one) => one === said);
    if (kind) return this.#hear(socket, kind);
    if (Date.now() - (this.#known.get(socket)?.at ?? 0) > LOOKED) await this.#tell(socket);
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    socket.close(code < RESERVED ? code : 1000);
    if (lineOf(socket).who) this.#announceTo('present');
  }

  /** Somebody who is told of the others writes: these are told when that begins, becomes something else, or ends. */
  #hear(socket: WebSocket, kind: Kind): void {
    const [line, now] = [lineOf(socket), Date.now()];
    if (!line.who || (writes(line, now) && line.writing!.until > now + WRITES - HEARD)) return;
    socket.serializeAttachment({ ...line, writing: { kind, until: now + WRITES } } satisfies Line);
    if (!writes(line, now) || line.writing!.kind !== kind) this.#announceTo('present');
    if (!this.#isFading) this.ctx.waitUntil(this.#fade());
  }

  /** Waits for each of them to stop, and has that told. */
  async #fade(): Promise<void> {
    this.#isFading = true;
    const ends = (after: number) => this.ctx.getWebSockets().map((socket) => lineOf(socket).writing?.until ?? 0).filter((until) => until > after);
    try {
      for (let since = Date.now(), left = ends(since); left.length > 0; left = ends(since)) {
        await scheduler.wait(Math.min(...left) - since);
        const now = Date.now();
        if (ends(since).some((until) => until <= now)) this.#announceTo('present');
        since = now;
      }
    } finally {
      this.#isFading = false;
    }
  }

  async #tellWhileAnnounced(): Promise<void> {
    this.#isTelling = true;
    try {
      while (this.#announced) {
        await scheduler.wait(GATHER);
        const whom = this.#announced;
        this.#announced = undefined;
        await this.#tellAll(whom);
      }
    } finally {
      this.#isTelling = false;
    }
  }

  async #tellAll(whom: 'everybody' | 'present'): Promise<void> {
    const left = this.ctx.getWebSockets().filter((socket) => whom === 'everybody' || lineOf(socket).who !== null);
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = left.pop(); next; next = left.pop()) await this.#tell(next);
      }),
    );
  }

  /** Tells one of them what is new, if that is news; shows out who may not look, or is nobody any more. */
  async #tell(socket: WebSocket): Promise<void> {
    const line = lineOf(socket);
    const eyes = this.eyes(this.#known.get(socket)?.viewer ?? visitor, line.session);
    try {
      const news = await this.news(eyes, line);
      if (eyes.viewer.id === null) return socket.close(NO_MORE);
      if (news.room !== undefined && news.room !== line.room) return socket.close(MOVED);
      this.#known.set(socket, { viewer: eyes.viewer, at: Date.now() });
      const who = this.present(eyes.viewer);
      // What came in while it looked stays.
      const before = lineOf(socket);
      if (who?.id !== before.who?.id) this.#announceTo('present');
      const said = saying(news, who ? this.#others(who) : NOBODY);
      socket.serializeAttachment({ ...before, told: said, who } satisfies Line);
      if (said !== before.told) socket.send(said);
    } catch (error) {
      if (error instanceof Refusal) socket.close(NO_MORE);
    }
  }

  /** The others who are present: each once, however many pages they have open. */
  #others({ id }: Present): Others {
    const now = Date.now();
    const present = this.ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN).map(lineOf).filter(({ who }) => who !== null && who.id !== id);
    const named = (lines: Line[]) => [...new Map(lines.map((line) => [line.who!.id, line])).values()].sort((a, b) => (a.who!.name < b.who!.name ? -1 : 1)).slice(0, NAMES);
    return { here: named(present).map(({ who }) => who!.name), writing: named(present.filter((line) => writes(line, now))).map(({ who, writing }) => [who!.name, writing!.kind]) };
  }
}
