import { randomBytes } from 'node:crypto';
import { createClient } from '@libsql/client/web';
import { newId } from '../../platform/id.ts';
import { prefixOf } from '../../people/secret.ts';
import { isScope, tidy } from '../../platform/scope.ts';
import { hashOf } from '../../platform/signature.ts';
import { DAY, HOUR } from '../../platform/time.ts';
import { optionsOf } from '../args.ts';
import { Trouble } from '../say.ts';
import { openWorkspace } from '../workspace.ts';

const UNITS: Record<string, number> = { h: HOUR, d: DAY, w: 7 * DAY, y: 365 * DAY };

/** Makes an API token for a person and prints it, once. */
export default async function run(args: string[]): Promise<void> {
  const { email = '', scope = 'read', expires, name = 'command line' } = optionsOf(args, ['email', 'scope', 'expires', 'name'], ['email']);
  if (!isScope(scope)) throw new Trouble('--scope is read, write, or areas like "tickets:read forum:write".');
  const [, amount, unit] = /^(\d+)([hdwy])$/.exec(expires ?? '') ?? [];
  if (expires && !amount) throw new Trouble('--expires is a number with h, d, w or y: 30d.');
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  try {
    const { rows } = await client.execute({ sql: 'select id from users where email = ?', args: [email.toLowerCase()] });
    if (!rows[0]) throw new Trouble(`Nobody here has the address ${email}.`);
    const token = `stoa_${randomBytes(24).toString('base64url')}`;
    const now = Date.now();
    await client.execute({
      sql: 'insert into tokens (id, hash, prefix, user_id, name, scope, created_at, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
      args: [newId('tok'), hashOf(token), prefixOf(token), rows[0]['id'] as string, name, tidy(scope), now, amount ? now + Number(amount) * UNITS[unit!]! : null],
    });
    console.log(token);
  } finally {
    client.close();
    await workspace.close();
  }
}
