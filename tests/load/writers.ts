import { Agent, request } from 'node:http';
import { createClient } from '@libsql/client/web';
import { hashOf } from '../../worker/platform/signature.ts';

/** Somebody who writes: a session for forms, a token for the API. */
export interface Writer {
  session: string;
  token: string;
}

/** What became of everything that was sent. A write is known by its text, which no other has. */
export interface Outcome {
  /** Told that it was written. */
  acknowledged: Set<string>;
  /** Hung up on, or refused: written once or not at all. */
  unsure: Set<string>;
  /** Status of an answer, or the code of a broken connection → how often. */
  refusals: Map<string, number>;
  /** Milliseconds between two acknowledged writes, at most. */
  longestGap: number;
}

const YEAR = 365 * 24 * 3_600_000;

/** So many customers who are signed in, put straight into the database. */
export async function signedInWriters(databaseUrl: string, count: number): Promise<Writer[]> {
  const client = createClient({ url: databaseUrl });
  const [now, later] = [Date.now(), Date.now() + YEAR];
  const writers = Array.from({ length: count }, (_, i) => ({ id: `usr_writer_${i}`, session: `session-of-writer-${i}`, token: `stoa_writer_${i}` }));
  await client.batch(
    writers.flatMap(({ id, session, token }) => [
      { sql: `insert into users (id, email, name, handle, role, created_at) values (?1, ?1 || '@example.net', 'Writer', ?1, 'moderator', ?2)`, args: [id, now] },
      { sql: 'insert into sessions (id, user_id, expires_at, created_at) values (?, ?, ?, ?)', args: [hashOf(session), id, later, now] },
      { sql: `insert into tokens (id, hash, user_id, name, scope, created_at, last_used_at) values (?1, ?2, ?1, 'load', 'write', ?3, ?3)`, args: [id, hashOf(token), now] },
    ]),
    'write',
  );
  client.close();
  return writers;
}

interface Sending {
  path: string;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds after which the line is cut. */
  hangUp?: number | undefined;
}

/** The status of the answer, or the code of what went wrong with the connection. */
const send = (base: string, agent: Agent, { path, headers, body, hangUp }: Sending): Promise<string> =>
  new Promise((resolve) => {
    const call = request(base + path, { agent, method: 'POST', headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } }, (response) => {
      const away = String(response.headers.location ?? '').includes('/sign-in');
      response.resume().on('end', () => resolve(away ? 'signed out' : String(response.statusCode)));
      response.on('error', () => resolve('cut'));
    });
    call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'cut'));
    if (hangUp !== undefined) setTimeout(() => call.destroy(), hangUp);
    call.setTimeout(30_000, () => call.destroy());
    call.end(body);
  });

/** The four ways in which a writer writes, in turn: a reply and a ticket, by form and by API. */
function writing(base: string, topic: string, { session, token }: Writer, text: string, turn: number): Sending {
  const form = { headers: { cookie: `stoa_session=${session}`, origin: base, 'content-type': 'application/x-www-form-urlencoded' } };
  const api = { headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': text } };
  const once = crypto.randomUUID();
  if (turn % 4 === 0) return { ...form, path: topic, body: new URLSearchParams({ action: 'reply', body: text, once }).toString() };
  if (turn % 4 === 1) return { ...api, path: '/api/v1/tickets', body: JSON.stringify({ subject: 'Under load', body: text }) };
  if (turn % 4 === 2) return { ...api, path: '/api/v1/topics/2/posts', body: JSON.stringify({ body: text }) };
  return { ...form, path: '/tickets/new', body: new URLSearchParams({ subject: 'Under load', body: text, anyway: '1', once }).toString() };
}

/** Everyone writes as fast as answers come, until `done`. Every third hangs up midway through each request; who is told to come again in two seconds does. */
export async function everyoneWrites(base: string, writers: Writer[], done: (outcome: Outcome) => boolean): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true });
  const outcome: Outcome = { acknowledged: new Set(), unsure: new Set(), refusals: new Map(), longestGap: 0 };
  const topic = new URL((await fetch(`${base}/forum/topics/1`)).url).pathname;
  let last = performance.now();
  const gap = () => {
    outcome.longestGap = Math.max(outcome.longestGap, performance.now() - last);
  };
  const one = async (writer: Writer, i: number, turn: number) => {
    const text = `Written by ${i}, turn ${turn}.`;
    const hangUp = i % 3 === 0 ? Math.random() * 400 : undefined;
    const status = await send(base, agent, { ...writing(base, topic, writer, text, i + turn), hangUp });
    if (status === '201' || status === '303') {
      gap();
      last = performance.now();
      outcome.acknowledged.add(text);
      return;
    }
    outcome.unsure.add(text);
    outcome.refusals.set(status, (outcome.refusals.get(status) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, status === '503' ? 2_000 : 1_000));
  };
  await Promise.all(
    writers.map(async (writer, i) => {
      for (let turn = 0; !done(outcome); turn++) await one(writer, i, turn);
    }),
  );
  gap();
  agent.destroy();
  return outcome;
}

/** What the database does not hold as it should: acknowledged and lost, or written twice. */
export async function wrongOf(databaseUrl: string, { acknowledged, unsure }: Outcome): Promise<{ lost: string[]; twice: string[] }> {
  const client = createClient({ url: databaseUrl });
  const { rows } = await client.execute(`select body, count(*) as times from (select body from posts union all select body from ticket_messages) where body like 'Written by %' group by body`);
  client.close();
  const times = new Map(rows.map((row) => [String(row['body']), Number(row['times'])]));
  return { lost: [...acknowledged].filter((text) => !times.has(text)), twice: [...acknowledged, ...unsure].filter((text) => (times.get(text) ?? 0) > 1) };
}
