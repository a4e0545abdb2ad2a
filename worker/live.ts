import type { Context } from 'hono';
import { topicsOf } from './changes.ts';
import { topicByNumber } from './forum/queries.ts';
import type { Watching } from './forum/room.ts';
import { answerTo, problem } from './platform/answer.ts';
import type { Edge } from './platform/edge.ts';
import { fromHere } from './platform/entry.ts';
import type { DomainEvent } from './platform/operation.ts';
import { Refusal } from './platform/refusal.ts';
import { hashOf } from './platform/signature.ts';
import { enter } from './portal.ts';

/** Lets somebody who has a topic before them hear of new replies: signed in, from a page of ours, and as far as they see the topic. */
export async function watch({ req, env, executionCtx }: Context<Edge>): Promise<Response> {
  if (req.header('upgrade')?.toLowerCase() !== 'websocket') return problem(426, 'Here one listens by WebSocket.', {}, { upgrade: 'websocket' });
  if (!fromHere(req.raw)) return problem(403, 'This was asked for by another site.');
  const { portal, session } = enter(req.raw, env, (work) => executionCtx.waitUntil(work));
  try {
    if (!session) throw new Refusal('signed_out', 'Sign in first.');
    const number = wholeIn(req.param('number'));
    const [{ id }] = await portal.load(topicByNumber(number));
    if (portal.viewer.id === null) throw new Refusal('signed_out', 'Sign in first.');
    const watching: Omit<Watching, 'told'> = { session: hashOf(session), number, seen: wholeIn(req.query('seen')) };
    return (await env.ROOMS.getByName(id).fetch('https://room/', { headers: { upgrade: 'websocket', watching: JSON.stringify(watching) } })) as unknown as Response;
  } catch (error) {
    return answerTo(error, req.path);
  }
}

const wholeIn = (text = '') => (/^\d{1,9}$/.test(text) ? Number(text) : 0);

/** Has the rooms of the topics where something happened look what it was. */
export async function announce(env: Env, events: DomainEvent[]): Promise<void> {
  await Promise.all(topicsOf(events).map((id) => env.ROOMS.getByName(id).announce())).catch((error: unknown) => console.error(JSON.stringify({ announce: String(error) })));
}
