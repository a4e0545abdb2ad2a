import { randomBytes } from 'node:crypto';
import { edge } from '../support/edge.ts';
import { hashOf } from '../../worker/platform/signature.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** The built worker with the demo workspace, spoken to in JSON as people of the demo. */
export async function api() {
  const world = await edge();
  const { rows: sql } = world;

  /** A token of somebody of the demo, as the command line makes one. */
  async function tokenOf(email: string, scope: 'read' | 'write' = 'write'): Promise<string> {
    const token = `stoa_${randomBytes(24).toString('base64url')}`;
    await sql(`insert into tokens (id, hash, user_id, name, scope, created_at) select ?, ?, id, 'test', ?, ? from users where email = ?`, [`tok_${token.slice(5, 15)}`, hashOf(token), scope, Date.now(), email]);
    return token;
  }

  /** One call; a body that is a string or a form is sent as it is. */
  async function call(method: string, path: string, { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
    const raw = typeof body === 'string' || body === undefined || body instanceof FormData ? body : JSON.stringify(body);
    const response = await fetch(`${world.url}/api/v1${path}`, {
      method,
      headers: { origin: world.url, ...(token ? { authorization: `Bearer ${token}` } : {}), ...(raw === undefined || raw instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(raw === undefined ? {} : { body: raw }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: /json/.test(response.headers.get('content-type') ?? '') && text ? JSON.parse(text) : text };
  }

  return { ...world, sql, tokenOf, call };
}
