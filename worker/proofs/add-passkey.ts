import { sql } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { Refusal } from '../platform/refusal.ts';
import { freshly, signedIn } from '../platform/rules.ts';
import { challengeIn, toMake } from './challenge.ts';
import { factorAdded } from './factors.ts';
import { NewPasskey } from './input.ts';
import { myStanding } from './queries.ts';
import { passkeys } from './schema.ts';
import { madeFor } from './webauthn.ts';

const isKnown = () => new Refusal('conflict', 'This passkey is here already.');

/** Keeps the passkey that a browser made for the challenge it was given in this session. */
export const addPasskey = operation({
  name: 'proofs.add-passkey',
  input: NewPasskey,
  subject: () => myStanding(),
  may: freshly(signedIn),
  async decide(setting, { name, credential, challenge, url, ...adding }, mine) {
    const { id, secondFactorAt } = mine!;
    const { db, now, secret } = setting;
    const given = challengeIn(secret, toMake(adding.session), challenge, now);
    const made = await madeFor(url, given.challenge, credential);
    const { statements, result } = await factorAdded(setting, 'passkey', secondFactorAt === null, adding);
    return {
      guard: { holds: sql`not exists (select 1 from passkeys where id = ${made.id})`, otherwise: isKnown() },
      statements: [db.insert(passkeys).values({ ...made, userId: id, name, createdAt: now }), ...statements],
      events: [given.used, { type: 'person.second_factor_added', subject: id, data: { kind: 'passkey', name } }],
      result,
    };
  },
});
