import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openDatabase } from '../../worker/database/open.ts';
import { accounts } from '../../worker/accounts/schema.ts';
import { topics } from '../../worker/forum/schema.ts';
import { users } from '../../worker/people/schema.ts';
import { asked, type Statement } from '../../worker/platform/statement.ts';
import { stoa } from '../support/stoa.ts';

test('rows are those that drizzle would make of the same cells', async () => {
  const { url } = await stoa();
  const db = openDatabase({ url });
  const part = db.select({ id: accounts.id, name: sql<string>`upper(${accounts.name})`.as('loud') }).from(accounts).as('part');
  const statements: Statement[] = [
    db.select().from(users),
    db.select({ person: users, account: { id: accounts.id, name: accounts.name }, tags: topics.tags, since: users.createdAt }).from(users).leftJoin(accounts, eq(accounts.id, users.accountId)).leftJoin(topics, eq(topics.authorId, users.id)),
    db.select({ person: { id: users.id, account: accounts.id }, part: { id: part.id, name: part.name } }).from(users).leftJoin(accounts, eq(accounts.id, users.accountId)).leftJoin(part, eq(part.id, users.accountId)),
    db.select({ bytes: sql`x'0102'`, nothing: sql`null`.as('nothing'), n: sql<number>`1.5` }).from(users).limit(1),
    db.select({ id: users.id }).from(users).where(sql`false`),
  ];
  const found = await db.read(statements.map((one) => asked(one)));

  expect(found[0]!.rows.length).toBeGreaterThan(1);
  for (const [i, statement] of statements.entries()) {
    const drizzles = (statement as unknown as { prepare(): { mapResult(found: object, isFromBatch: true): unknown[] } }).prepare();
    expect(asked(statement).rows(found[i]!)).toStrictEqual(drizzles.mapResult(found[i]!, true));
  }
});
