import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Database } from '../database/open.ts';
import type { Sql } from '../platform/gate.ts';
import type { Permission, Scopes } from '../platform/permissions.ts';
import type { Proof } from '../platform/portal.ts';
import { written } from '../platform/statement.ts';
import { Refusal } from '../platform/refusal.ts';
import { hashOf } from '../platform/signature.ts';
import { MINUTE } from '../platform/time.ts';
import { type Viewer, visitor } from '../platform/viewer.ts';
import { scopesInForce, staffNeedFactor } from './access.ts';
import { customRoles, isSuspended, tokens, users } from './schema.ts';
import { viewerOf } from './as-viewer.ts';

const REMEMBERED = 500;

/** Whom a token belonged to when it was last seen here. Only a guess to build queries with: the proof decides. */
const lastSeen = new Map<string, Viewer>();

function remember(hash: string, viewer: Viewer) {
  if (lastSeen.size >= REMEMBERED) lastSeen.delete(lastSeen.keys().next().value!);
  lastSeen.set(hash, viewer);
}

const tokenWithPerson = written(
  (hash: string) => ({ hash, now: Date.now() }),
  (db, _viewer, { hash, now }) =>
    db
      .select({ token: tokens, user: users, permissions: customRoles.permissions, scopes: scopesInForce.as('scopes_in_force'), needed: staffNeedFactor.as('needed') })
      .from(tokens)
      .innerJoin(users, eq(users.id, tokens.userId))
      .leftJoin(customRoles, eq(customRoles.id, users.roleId))
      .where(and(eq(tokens.hash, hash), or(isNull(tokens.expiresAt), gt(tokens.expiresAt, now)))),
);

/** Who comes with `Bearer stoa_…`: proved in the batch of their first read, and refused there as `signed_out` when it opens nothing. `keep` is given what notes the use of the token, once a minute. */
export function proofOfToken(db: Database, token: string, timeZone: string, keep: (statements: Sql[]) => void): { viewer: Viewer; proof: Proof } {
  const hash = hashOf(token);
  const proof: Proof = {
    asking: () => tokenWithPerson(db, visitor, hash),
    async confirm(rows) {
      const found = rows[0] as { token: typeof tokens.$inferSelect; user: typeof users.$inferSelect; permissions: readonly Permission[] | null; scopes: Scopes | null; needed: boolean } | undefined;
      if (!found || isSuspended(found.user)) throw new Refusal('signed_out', 'This token is not valid, or not any more.');
      const viewer: Viewer = { ...viewerOf(found.user, timeZone, found, found.needed), scope: found.token.scope, token: found.token.id };
      remember(hash, viewer);
      if (Date.now() - (found.token.lastUsedAt?.getTime() ?? 0) > MINUTE) {
        const { sql, params } = db.update(tokens).set({ lastUsedAt: new Date() }).where(eq(tokens.id, found.token.id)).toSQL();
        keep([{ sql, args: params as Sql['args'] }]);
      }
      return viewer;
    },
  };
  return { viewer: lastSeen.get(hash) ?? visitor, proof };
}
