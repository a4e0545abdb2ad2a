import { type SQL, sql } from 'drizzle-orm';
import { users } from '../people/schema.ts';
import { cut } from '../platform/cut.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import type { Locale, Role } from '../platform/viewer.ts';

/** Somebody as a ticket knows them: who is there, or who will be once the statements are done. */
export interface Known {
  id: string | SQL<string>;
  accountId: string | null | SQL<string | null>;
  role: Role;
  statements: Writing[];
  /** Of somebody new: the id they will have, should nobody else come with that address meanwhile. */
  fresh?: string;
}

/** A person of whom we know an address only, and perhaps a name, which is made of the address otherwise. If someone with it appears before the commit, it is theirs. */
export function staged({ db, now, newId }: Pick<Setting, 'db' | 'now' | 'newId'>, email: string, locale: Locale, called?: string): Known {
  const id = newId('usr');
  const local = email.slice(0, email.lastIndexOf('@')).replace(/\+.*$/, '');
  const handle = `${local.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 24) || 'guest'}-${id.slice(-8)}`;
  const name = called ?? (cut(local.replace(/[._-]+/g, ' ').trim(), 80).replace(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase()) || 'Guest');
  const of = (column: 'id' | 'account_id') => sql<string>`(select ${sql.identifier(column)} from users where email = ${email})`;
  const statement = db.insert(users).values({ id, email, name, handle, locale, createdAt: now }).onConflictDoNothing({ target: users.email });
  return { id: of('id'), accountId: of('account_id'), role: 'customer', statements: [statement], fresh: id };
}
