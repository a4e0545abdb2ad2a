import type { Context } from 'hono';
import { z } from 'zod';
import type { Edge } from './edge.ts';
import type { Operation } from './operation.ts';
import type { Portal } from './portal.ts';
import { Refusal } from './refusal.ts';

/** One call of the API, as a handler sees it. */
export interface Call {
  portal: Portal;
  /** Parts of the path by name. */
  params: Record<string, string>;
  query: Record<string, string>;
  /** Where a list goes on, and how long it may be: 1 to 100, 25 if not said. */
  slice: { after?: string | undefined; limit: number };
  /** Runs an operation on the JSON body with `fixed` put over it; an `Idempotency-Key` makes a repeated call safe. */
  run<Input, Subject, Result>(op: Operation<Input, Subject, Result>, fixed?: Record<string, unknown>): Promise<Result>;
}

/** One route of the API: what it is called, what it takes, and what it does. The OpenAPI document is made from these. */
export interface Route {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** With `{name}` for a part that varies. */
  path: string;
  summary: string;
  /** Query parameters and what they mean. */
  query?: Record<string, string>;
  /** The schema of the operation that reads the body. */
  body?: z.ZodType;
  /** Of success; 200 if not said. */
  status?: 200 | 201;
  /** Whether it answers `{ items, next }`. */
  list?: boolean;
  handle(call: Call): Promise<unknown>;
}

const LIST = { after: 'Cursor: the `next` of the page before.', limit: 'How many at most: 1 to 100.' };

/** The number in a path; what is none is not found. */
export function numberIn(call: Call): number {
  const number = Number(call.params['number']);
  if (!Number.isSafeInteger(number) || number < 1) throw new Refusal('not_found', 'There is nothing here.');
  return number;
}

/** A request as a call. */
export async function callOf(c: Context<Edge>, portal: Portal): Promise<Call> {
  const query = c.req.query();
  const limit = Number(query['limit'] ?? 25);
  const key = c.req.header('idempotency-key');
  return {
    portal,
    params: c.req.param() as Record<string, string>,
    query,
    slice: { after: query['after'], limit: Number.isSafeInteger(limit) ? Math.min(100, Math.max(1, limit)) : 25 },
    run: async (op, fixed = {}) => portal.run(op, { ...(await bodyOf(c)), ...fixed }, key && key.length <= 200 ? key : undefined),
  };
}

async function bodyOf(c: Context<Edge>): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, as for JSON that is no object.
  }
  throw new Refusal('invalid', 'The body has to be a JSON object.');
}

/** OpenAPI 3.1 of these routes, from the schemas that the operations read their input with. */
export function openApi(routes: Route[], server: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = described(route);
  return {
    openapi: '3.1.0',
    info: { title: 'Stoa', version: '1', description: 'Topics, tickets, articles and accounts, with the rights of the person whose token is sent.' },
    servers: [{ url: `${server}/api/v1` }],
    security: [{}, { token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: PROBLEM } },
    paths,
  };
}

const PROBLEM = {
  type: 'object',
  required: ['title', 'status', 'detail', 'errors'],
  properties: { title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, errors: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } } },
};

function described({ path, summary, query = {}, body, status = 200, list }: Route): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: name === 'number' ? 'integer' : 'string' } }));
  const inQuery = Object.entries({ ...query, ...(list ? LIST : {}) }).map(([name, description]) => ({ name, in: 'query', description, schema: { type: name === 'limit' ? 'integer' : 'string' } }));
  const schema = list ? { type: 'object', required: ['items', 'next'], properties: { items: { type: 'array', items: { type: 'object' } }, next: { type: ['string', 'null'] } } } : { type: 'object' };
  return {
    summary,
    parameters: [...inPath, ...inQuery],
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }) } } } } : {}),
    responses: {
      [status]: { description: 'It worked.', content: { 'application/json': { schema } } },
      default: { description: 'It did not: RFC 9457.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}
