import { eq } from 'drizzle-orm';
import { generateHOTP } from '@oslojs/otp';
import { sessions, users } from '../../worker/people/schema.ts';
import { proofOf } from '../../worker/people/sessions.ts';
import { signIn } from '../../worker/people/sign-in.ts';
import { answersTo } from '../../worker/platform/query.ts';
import { unsealed } from '../../worker/platform/sealed.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { addAuthenticator } from '../../worker/proofs/add-authenticator.ts';
import { newAuthenticator } from '../../worker/proofs/totp.ts';
import { cheapHash } from '../support/password.ts';
import { type cast, SECRET, type Stoa, stoa } from '../support/stoa.ts';

export const PASSWORD = 'correct horse battery';
const hash = cheapHash(PASSWORD);

export const from = { https: false, network: 'here', device: 'Firefox · Linux', place: 'GR' };

export const secretOf = (cookie: string | null) => /^stoa_session=([^;]+)/.exec(cookie ?? '')![1]!;

/** The code that an app with this secret shows at a moment, or so many steps later. */
export const codeAt = (seal: string, person: string, at: Date, steps = 0) => generateHOTP(unsealed(SECRET, `authenticator ${person}`, seal)!, BigInt(Math.floor(at.getTime() / 30_000) + steps), 6);

/** A world in which somebody of the cast is signed in by password, with ways to look at what a secret opens. */
export async function withPassword(name: 'alice' | 'ada' | 'agnes' = 'alice') {
  const world = await stoa(new Date());
  const id = `usr_${name}`;
  await world.db.update(users).set({ passwordHash: hash, verifiedAt: world.now }).where(eq(users.id, id));
  const enter = () => world.as('visitor').run(signIn, { email: `${name}@example.org`, password: PASSWORD, ...from });
  const session = secretOf((await enter()).cookie);
  const fresh = { provedAt: world.now.getTime() };
  return { ...world, id, enter, session, me: () => world.as(name, fresh), opens: (secret: string) => opens(world, secret), sessionOf: async (secret: string) => (await world.db.select().from(sessions).where(eq(sessions.id, hashOf(secret))))[0] };
}

/** The same, and they have an authenticator: its seal, the recovery codes that came with it, and the session's new secret. */
export async function withAuthenticator(name: keyof Pick<typeof cast, 'alice' | 'ada' | 'agnes'> = 'alice') {
  const world = await withPassword(name);
  const seal = newAuthenticator(SECRET, world.id);
  const { cookie, codes } = await world.me().run(addAuthenticator, { ...from, seal, session: world.session, code: codeAt(seal, world.id, world.now, -1) });
  return { ...world, seal, codes: codes!, session: secretOf(cookie), first: world.session, code: (steps = 0) => codeAt(seal, world.id, world.now, steps) };
}

/** Who a session's secret makes somebody. */
async function opens({ db }: Stoa, secret: string) {
  const { proof } = proofOf(db, secret, false, 'UTC');
  return proof.confirm((await answersTo(db, [proof.asking(db)]))[0]!);
}
