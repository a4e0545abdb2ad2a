import { randomBytes } from 'node:crypto';
import { createClient } from '@libsql/client/web';
import { newId } from '../../platform/id.ts';
import { hashPassword } from '../../people/password.ts';
import { slugOf } from '../../platform/slug.ts';
import { roles } from '../../platform/viewer.ts';
import { optionsOf } from '../args.ts';
import { Trouble } from '../say.ts';
import { openWorkspace } from '../workspace.ts';

/** Makes a person, or gives one a role, an account and a new password, which is printed once. */
export default async function run(args: string[]): Promise<void> {
  const { email = '', name = '', role = 'customer', account, password = randomBytes(12).toString('base64url') } = optionsOf(args, ['email', 'name', 'role', 'account', 'password'], ['email', 'name']);
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new Trouble(`${email} is no e-mail address.`);
  if (!roles.includes(role as never)) throw new Trouble(`--role is one of ${roles.join(', ')}.`);
  const workspace = await openWorkspace();
  const client = createClient({ url: workspace.databaseUrl, ...(workspace.authToken ? { authToken: workspace.authToken } : {}) });
  try {
    const found = account ? await client.execute({ sql: 'select id from accounts where id = ?1 or import_id = ?1 or name = ?1 collate nocase limit 1', args: [account] }) : undefined;
    if (found && found.rows.length === 0) throw new Trouble(`There is no account ${account}.`);
    const handle = `${slugOf(name)}-${randomBytes(3).toString('hex')}`;
    await client.batch(
      [
        {
          sql: `insert into users (id, email, name, handle, role, account_id, password_hash, created_at, verified_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
            on conflict (email) do update set name = excluded.name, role = excluded.role, account_id = coalesce(excluded.account_id, account_id), password_hash = excluded.password_hash, verified_at = coalesce(verified_at, excluded.verified_at)`,
          args: [newId('usr'), email.toLowerCase(), name, handle, role, (found?.rows[0]?.['id'] as string) ?? null, await hashPassword(password), Date.now()],
        },
        { sql: 'delete from sessions where user_id = (select id from users where email = ?)', args: [email.toLowerCase()] },
      ],
      'write',
    );
    console.log(`${email} is ${role}. Password: ${password}`);
  } finally {
    client.close();
    await workspace.close();
  }
}
