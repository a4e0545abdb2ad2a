import { z } from 'zod';
import type { Route } from './api.ts';

/** Every list takes these. */
const LIST: NonNullable<Route['query']> = { after: 'Cursor: the `next` of the page before.', limit: 'How many at most: 1 to 100.' };

/** JSON Schema 2020-12 of a Zod schema, as one writes to it. */
export const schemaOf = (type: z.ZodType): Record<string, unknown> => {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
  return schema;
};

/** OpenAPI 3.1 of these routes, from the schemas that the operations read their input with and the answers are tested against. */
export function openApi(routes: Route[], server: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) (paths[route.path] ??= {})[route.method] = described(route);
  return {
    openapi: '3.1.0',
    info: { title: 'Stoa', version: '1', description: 'Topics, ideas, tickets, articles, accounts and what customers said, with the rights of the person whose token is sent. Answers are JSON: a call whose `Accept` takes neither `application/json` nor `application/problem+json` is refused (406), and does nothing.' },
    servers: [{ url: `${server}/api/v1` }],
    security: [{}, { token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: { Problem: PROBLEM } },
    paths,
  };
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'errors'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    challenge: { description: 'What to show first, where a program may be calling: send the call again with the header `Stoa-Challenge: key stamp work`.', type: 'object', required: ['kind', 'algorithm', 'key', 'stamp', 'bits', 'waitUntil', 'expiresAt'], properties: {
      kind: { const: 'work' }, algorithm: { const: 'SHA-256' }, key: { type: 'string' }, stamp: { type: 'string' }, bits: { type: 'integer', description: 'Zero bits that the hash of `stamp.work` begins with; `work` is a decimal number.' },
      waitUntil: { type: 'string', format: 'date-time', description: 'From when on it passes without work.' }, expiresAt: { type: 'string', format: 'date-time' },
    } },
    errors: { description: 'Field → sentences.', type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  },
};

const listOf = (items: object) => ({ type: 'object', required: ['items', 'next'], properties: { items: { type: 'array', items }, next: { type: ['string', 'null'], description: 'Cursor of the next page.' } } });

/** Parameters of a route, as OpenAPI says them. */
export function parametersOf({ method, path, query = {}, list }: Route) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name: name!, in: 'path', required: true, schema: { type: name === 'number' ? 'integer' : 'string' } }));
  const inQuery = Object.entries({ ...query, ...(list ? LIST : {}) }).map(([name, meant]) => (typeof meant === 'string' ? { name, in: 'query', description: meant, schema: { type: name === 'limit' ? 'integer' : 'string' } } : { name, in: 'query', description: meant.description, schema: { type: 'string', enum: [...meant.values] } }));
  const inHead = method === 'post' ? [{ name: 'Idempotency-Key', in: 'header', description: 'A repeated call with the same key and body gets the first answer, for 24 hours. With another body it is refused (422); without a token that counts as another call.', schema: { type: 'string', maxLength: 200 } }, { name: 'Stoa-Challenge', in: 'header', description: 'The answer to a challenge: its key, its stamp and the work, with spaces between.', schema: { type: 'string', maxLength: 200 } }] : [];
  return [...inPath, ...inQuery, ...inHead];
}

/** A form with files. */
const FORM = { type: 'object', required: ['attachments'], properties: { attachments: { type: 'array', maxItems: 10, items: { type: 'string', format: 'binary' } } } };

function described(route: Route): object {
  const { method, path, summary, body, files, status = 200, response, list } = route;
  const item = response ? schemaOf(response) : { type: 'object' };
  return {
    operationId: `${method}${path.replace(/[{}]/g, '').replace(/\/(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [path.split('/')[1]],
    summary,
    parameters: parametersOf(route),
    ...(files ? { requestBody: { required: true, content: { 'multipart/form-data': { schema: FORM } } } } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } } } : {}),
    responses: {
      [status]: { description: 'It worked.', content: { 'application/json': { schema: list ? listOf(item) : item } } },
      default: { description: 'It did not: RFC 9457.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  };
}
