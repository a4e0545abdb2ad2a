import type { Context } from 'hono';
import { type Event, QUEUE, ticketRoomsOf, topicsOf, VIEWS } from './changes.ts';
import { topicByNumber } from './forum/queries.ts';
import { answerTo, problem } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { fromHere } from './platform/entry.ts';
import type { Watching } from './platform/lines.ts';
import type { Portal } from './platform/portal.ts';
import { notFound, signedOut } from './platform/refusal.ts';
import { hashOf } from './platform/signature.ts';
import { enter } from './portal.ts';
import { newestTicket, newsOfTicket, type Shown } from './tickets/live.ts';
import { myViews } from './views/queries.ts';

type Room = { fetch(url: string, init: { headers: Record<string, string> }): Promise<unknown>; announce(): Promise<void> };

/** The room that somebody wants to listen in, and what they look at; refused when that is not for them. */
type Door = (portal: Portal, asked: { number: number; seen: number }, env: Env, ask: (name: string) => string) => Promise<{ room: Room; id: string; number: number; seen: number; shown?: Shown }>;

/** Lets somebody who has a page before them hear of what is new: signed in, from a page of ours, and as far as they see it. */
const watch = (door: Door) => async ({ req, env, executionCtx }: Context<Edge>): Promise<Response> => {
  if (req.header('upgrade')?.toLowerCase() !== 'websocket') return problem(426, 'Here one listens by WebSocket.', {}, { upgrade: 'websocket' });
  if (!fromHere(req.raw)) return problem(403, 'This was asked for by another site.');
  const { portal, session } = enter(req.raw, env, (work) => executionCtx.waitUntil(work));
  try {
    if (!session) throw signedOut();
    const { room, id, number, seen, shown } = await door(portal, { number: wholeIn(req.param('number')), seen: wholeIn(req.query('seen')) }, env, (name) => req.param(name) ?? req.query(name) ?? '');
    if (portal.viewer.id === null) throw signedOut();
    const known = /^\w{1,60}$/.exec(req.query('known') ?? '')?.[0];
    const held = /^[\w.]{1,1000}$/.exec(req.query('held') ?? '')?.[0].split('.');
    const watching: Watching = { session: hashOf(session), number, seen, room: id, ...(known ? { known } : {}), ...(held ? { held } : {}), ...(shown ? { shown } : {}) };
    return (await room.fetch('https://room/', { headers: { upgrade: 'websocket', watching: JSON.stringify(watching) } })) as Response;
  } catch (error) {
    return answerTo(error, req.path);
  }
};

const wholeIn = (text = '') => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

const topicRoom = (env: Env, id: string) => env.ROOMS.getByName(id) as unknown as Room;
const ticketRoom = (env: Env, id: string) => env.TICKET_ROOMS.getByName(id) as unknown as Room;

export const watchTopic = watch(async (portal, asked, env) => {
  const [{ id }] = await portal.load(topicByNumber(asked.number, false));
  return { room: topicRoom(env, id), id, ...asked };
});

export const watchTicket = watch(async (portal, asked, env) => {
  const [{ room }] = await portal.load(newsOfTicket(asked.number, asked.seen));
  return { room: ticketRoom(env, room), id: room, ...asked };
});

export const watchQueue = watch(async (portal, _asked, env) => {
  const [{ seen }] = await portal.load(newestTicket());
  return { room: ticketRoom(env, QUEUE), id: QUEUE, number: 0, seen };
});

/** Numbers that a page of a view shows, at most, and characters that a line keeps of its condition. */
const [SHOWN, KEPT] = [50, 8_000];

/** A view, with what the page shows of it: `shown` the numbers, `more` whether there are others behind them. One whose condition a line cannot keep tells of new tickets alone, as the queue does. */
export const watchView = watch(async (portal, _asked, env, ask) => {
  const [views, { seen }] = await portal.load(myViews(), newestTicket());
  const view = views.find(({ id }) => id === ask('id'));
  if (!view) throw notFound();
  const { condition, sort } = view;
  const numbers = ask('shown').split('.').map(wholeIn).filter((number) => number > 0).slice(0, SHOWN);
  const at = { room: ticketRoom(env, VIEWS), id: VIEWS, number: 0, seen };
  return JSON.stringify(condition).length > KEPT ? at : { ...at, shown: { condition, sort, numbers, isMore: ask('more') !== '' } };
});

/** Has the rooms where something happened look what it was. */
export async function announce(env: Env, events: Event[]): Promise<void> {
  const rooms = [...topicsOf(events).map((id) => topicRoom(env, id)), ...ticketRoomsOf(events).map((id) => ticketRoom(env, id))];
  await Promise.all(rooms.map((room) => room.announce())).catch((error: unknown) => console.error(JSON.stringify({ announce: String(error) })));
}
