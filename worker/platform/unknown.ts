import type { z } from 'zod';
import type { Route } from './api.ts';
import { schemaOf } from './openapi.ts';
import { Refusal } from './refusal.ts';

/** A query parameter that takes one of a few values. */
export interface Choice {
  description: string;
  values: readonly string[];
}

/** Without words of its own, the description names the values. */
export const oneOf = (values: readonly string[], description = `${values.map((value) => `\`${value}\``).join(', ')}.`): Choice => ({ description, values });

/** Lists take these; of what is no list, a client that walks lists may send them. */
const OF_LISTS = new Set(['after', 'limit']);

const refused = (name: string, sentence: string) => new Refusal('invalid', 'Some of this does not fit: `errors` says what, by field.', { [name]: sentence });

/** Refuses parameters that a route does not know, and values that one of them does not take: what is misspelt would be answered as if it was not said. */
export function knowQuery(query: Record<string, string>, { query: known = {}, method }: Route): void {
  for (const [name, value] of Object.entries(query)) {
    if (method === 'get' && OF_LISTS.has(name)) continue;
    const parameter = Object.hasOwn(known, name) ? known[name]! : undefined;
    if (parameter === undefined) throw refused(name, 'This route has no such parameter.');
    if (typeof parameter === 'object' && value !== '' && !parameter.values.includes(value)) throw refused(name, `Choose one of these: ${parameter.values.join(', ')}`);
  }
}

interface Shape {
  properties?: object;
  additionalProperties?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
}

/** The fields that a schema reads; undefined where any may come. */
function fieldsIn({ properties, additionalProperties, anyOf, oneOf: either, allOf }: Shape): string[] | undefined {
  if (additionalProperties) return undefined;
  const parts = [...(anyOf ?? []), ...(either ?? []), ...(allOf ?? [])].map(fieldsIn);
  if (parts.includes(undefined) || (!properties && parts.length === 0)) return undefined;
  return [...Object.keys(properties ?? {}), ...parts.flatMap((part) => part ?? [])];
}

const known = new WeakMap<z.ZodType, { fields: Set<string> | undefined }>();

/** The fields of a body that a route reads; undefined where any may come. */
export function fieldsOf({ body }: Pick<Route, 'body'>): Set<string> | undefined {
  if (!body) return new Set();
  const kept = known.get(body);
  if (kept) return kept.fields;
  const listed = fieldsIn(schemaOf(body));
  const fields = listed && new Set(listed);
  known.set(body, { fields });
  return fields;
}

/** The same for the fields of a body. */
export function knowBody(body: Record<string, unknown>, route: Pick<Route, 'body'>): void {
  const fields = fieldsOf(route);
  const strange = fields && Object.keys(body).find((name) => !fields.has(name));
  if (strange !== undefined) throw refused(strange, 'This route has no such field.');
}
