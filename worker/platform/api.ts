import type { Context } from 'hono';
import type { z } from 'zod';
import { ANSWER, passIn } from './asked-by-api.ts';
import type { Edge } from './edge.ts';
import { type Meaning, meaningOf } from './meaning.ts';
import type { Operation } from './operation.ts';
import type { Portal } from './portal.ts';
import { decodeCursor } from './query.ts';
import { notFound, Refusal, signedOut } from './refusal.ts';
import type { Permission } from './permissions.ts';
import { scannerOf } from './scanner.ts';
import { type Store, storeOf } from './store.ts';
import { type Choice, knowBody, knowQuery } from './unknown.ts';
import { can } from './viewer.ts';

/** One call of the API, as a handler sees it. */
export interface Call {
  portal: Portal;
  /** Parts of the path by name. */
  params: Record<string, string>;
  query: Record<string, string>;
  /** Where a list goes on, and how long it may be: 1 to 100, 25 if not said. */
  slice: { after?: string | undefined; limit: number };
  /** Where it comes from, as far as that can be trusted. */
  network: string;
  /** Key of this workspace for signatures. */
  secret: string;
  /** Public address of this workspace, for letters. */
  url: string;
  /** Where the bytes of files lie. */
  files: Store;
  /** Who says what texts mean, if somebody does. */
  meaning: Meaning | undefined;
  /** Whether a scanner looks into files before they are handed out. */
  scanned: boolean;
  /** The key that makes a repeated POST safe, if there is one. */
  once: string | undefined;
  /** The body, of a route that takes files. Rejects when it is none. */
  form(): Promise<FormData>;
  /** The JSON body as it came, for a route that divides it. */
  body(): Promise<Record<string, unknown>>;
  /** Runs an operation on the JSON body with `fixed` put over it; an `Idempotency-Key` makes a repeated POST safe, and stands for one body. */
  run<Input, Subject, Result>(op: Operation<Input, Subject, Result>, fixed?: Record<string, unknown>): Promise<Result>;
}

/** One route of the API: what it is called, what it takes, and what it does. The OpenAPI document is made from these. */
export interface Route {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** With `{name}` for a part that varies. */
  path: string;
  summary: string;
  /** Query parameters and what they mean; others are refused, and of one with `values` what is none of them. */
  query?: Record<string, string | Choice>;
  /** Takes files as a form (multipart/form-data) instead of JSON. */
  files?: true;
  /** The schema of the operation that reads the body. */
  body?: z.ZodType;
  /** What the documentation says to send, where one field rules out another. */
  example?: object;
  /** Of success; 200 if not said. */
  status?: 200 | 201;
  /** What is answered, or, of a list, what each item is. */
  response?: z.ZodType;
  /** Of a list, which answers `{ items, next }`: the shape of its cursors. */
  list?: z.ZodType;
  handle(call: Call): Promise<unknown>;
}

/** The number in a path; what is none is not found. */
export function numberIn({ params }: Call): number {
  const number = Number(params['number']);
  if (!/^[1-9]\d*$/.test(params['number']!) || !Number.isSafeInteger(number)) throw notFound();
  return number;
}

/** Lets people pass, not visitors. To be asked after the first load: only then it is known who calls. */
export function requirePerson({ portal }: Call) {
  if (portal.viewer.id === null) throw signedOut();
}

/** The same for those who have a permission. */
export function requirePermission(call: Call, permission: Permission) {
  requirePerson(call);
  if (!can(call.portal.viewer, permission)) throw new Refusal('forbidden', 'Only people with the right permission can do this.');
}

/** A request as a call. Refuses what cannot be read of it. */
export function callOf(c: Context<Edge>, route: Route, portal: Portal, network: string): Call {
  const { list } = route;
  const query = c.req.query();
  knowQuery(query, route);
  const key = c.req.method === 'POST' ? c.req.header('idempotency-key') : undefined;
  if (key !== undefined && (key.length === 0 || key.length > 200)) throw new Refusal('invalid', 'An Idempotency-Key has 1 to 200 characters.', { 'Idempotency-Key': '1 to 200 characters.' });
  return {
    portal,
    network,
    query,
    params: c.req.param() as Record<string, string>,
    slice: list ? { after: cursorIn(query['after'], list), limit: limitIn(query['limit']) } : { limit: limitIn(query['limit']) },
    secret: c.env.STOA_SECRET,
    url: c.env.STOA_URL,
    files: storeOf(c.env),
    meaning: meaningOf(c.env),
    scanned: scannerOf(c.env) !== undefined,
    once: key,
    form: () => c.req.formData(),
    body: () => bodyOf(c, route),
    run: async (op, fixed = {}) => portal.run(op, { ...(await bodyOf(c, route)), ...fixed }, key && `${c.req.path} ${key}`, passIn(c.req.header(ANSWER))),
  };
}

function cursorIn(after: string | undefined, shape: z.ZodType): string | undefined {
  if (after === undefined || after === '') return undefined;
  if (!shape.safeParse(decodeCursor(after)).success) throw new Refusal('invalid', 'This cursor is not one of this list. Leave `after` out to start again.', { after: 'Not a cursor of this list.' });
  return after;
}

function limitIn(limit: string | undefined): number {
  const asked = Number(limit || 25);
  if (!Number.isInteger(asked)) throw new Refusal('invalid', 'A `limit` is a whole number from 1 to 100.', { limit: 'A whole number from 1 to 100.' });
  return Math.min(100, Math.max(1, asked));
}

/** Whether a body came as something else than JSON. */
export function isForeign(request: Request): boolean {
  const type = request.headers.get('content-type');
  return request.body !== null && type !== null && !/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type);
}

/**
 * Whether JSON is among what an `Accept` takes: RFC 9110, 12.5.1. Of several ranges the closest counts, and `q=0` takes nothing; who takes problems alone is answered too.
 */
export function takesJson(accept: string | null): boolean {
  if (accept === null || accept === '*/*' || accept === 'application/json' || accept.trim() === '') return true;
  const weights = new Map(
    accept.toLowerCase().split(',').map((range): [string, boolean] => {
      const [type, ...more] = range.split(';').map((part) => part.trim());
      return [type!, !more.some((part) => /^q\s*=\s*0*\.?0*$/.test(part))];
    }),
  );
  const any = weights.get('application/*') ?? weights.get('*/*') ?? false;
  return (weights.get('application/json') ?? any) || weights.get('application/problem+json') === true;
}

async function bodyOf(c: Context<Edge>, route: Route): Promise<Record<string, unknown>> {
  const body = objectIn(await c.req.text());
  knowBody(body, route);
  return body;
}

function objectIn(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text, wellFormed);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new Refusal('invalid', 'The body has to be a JSON object.');
}

/** JSON can spell half a character; the database takes none. */
const wellFormed = (_key: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
