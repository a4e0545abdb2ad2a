import { toldByApi } from './asked-by-api.ts';
import { isFull } from './full.ts';
import { Refusal } from './refusal.ts';
import { Challenged } from './stamp.ts';

const TITLES: Record<number, string> = { 400: 'Bad request', 401: 'Not signed in', 403: 'Not allowed', 404: 'Not found', 405: 'Method not allowed', 406: 'Not acceptable', 409: 'Conflict', 413: 'Too large', 415: 'Unsupported media type', 422: 'Invalid', 429: 'Too many requests', 500: 'Internal error', 503: 'Unavailable' };

/** RFC 9457 `application/problem+json`. `errors` maps a field to its sentences; `more` are members of its own. */
export function problem(status: number, detail: string, errors: Record<string, string[]> = {}, headers: Record<string, string> = {}, more: object = {}): Response {
  return new Response(JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, detail, errors, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}

/** What a form says of its fields, and a program reads elsewhere. */
const MARKED = 'Check the fields marked below.';
const NAMED = 'Some of this does not fit: `errors` says what, by field.';

/** What forms ask apart, as `tags-` and the id of a group, is one field to a program: `tags`. */
const fieldOf = (name: string) => name.replace(/^([a-z]+)-.+$/, '$1');

/** A refusal as the API says it. */
export const problemOf = ({ status, message, issues, retryAfter }: Refusal, more: object = {}) =>
  problem(status, message === MARKED ? NAMED : message, Object.fromEntries(Object.entries(issues).map(([name, sentence]) => [fieldOf(name), [sentence]])), { ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}), ...(retryAfter ? { 'retry-after': String(retryAfter) } : {}) }, more);

/** Whether an error means that the database does not answer, rather than that we asked something wrong. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error as Error & { code?: string; status?: number }, depth = 0; cause && depth < 5; cause = cause.cause as typeof cause, depth++) {
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError' || /database is busy|network connection lost|ECONNREFUSED|fetch failed|connect\(\)|connection refused|(could not|failed to) connect|Server returned HTTP status (429|5\d\d)|disconnected/i.test(`${cause.message}`)) return true;
  }
  return false;
}

/** Seconds until it is worth another try: the database is back by itself, but somebody has to make room. */
export const retryAfter = (error: unknown) => (isFull(error) ? '60' : '5');

/** Logs a bug once, with the reference that its victim is shown. */
export function logged(error: unknown, path: string): string {
  const reference = crypto.randomUUID().slice(0, 8);
  const { message, stack, cause } = error as Error;
  console.error(JSON.stringify({ reference, path, error: message, cause: cause ? String(cause) : undefined, stack }));
  return reference;
}

/** The one place where an error becomes an answer of the API. With the key for signatures a challenge comes along. */
export function answerTo(error: unknown, path: string, secret?: string): Response {
  if (error instanceof Challenged && secret) return problemOf(error, { challenge: toldByApi(secret, error.challenge, Date.now()) });
  if (error instanceof Refusal) return problemOf(error);
  if (isFull(error)) return problem(503, 'The database has no room left to store this. What was stored before is not lost. Try again later.', {}, { 'retry-after': retryAfter(error) });
  if (isUnavailable(error)) return problem(503, 'We cannot answer just now. Try again in a moment.', {}, { 'retry-after': retryAfter(error) });
  return problem(500, `Something broke. Mention ${logged(error, path)} when you write to us.`);
}
