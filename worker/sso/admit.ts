import type { LooksAt } from '../newcomers/access.ts';
import type { Decision } from '../people/access.ts';
import { isSuspended, type users } from '../people/schema.ts';
import { shutBy, ShutOut } from '../people/shut.ts';
import { Refusal } from '../platform/refusal.ts';
import { isStaff } from '../platform/viewer.ts';
import type { Word } from './vouched.ts';

type Person = typeof users.$inferSelect;

/** What letting somebody in is decided on, as `standing` reads it. */
export interface Standing {
  person: Person | null;
  /** By which they are suspended, if they are. */
  decision: Decision | null;
  isKnown: boolean;
  timesUsed: number;
  account: { id: string; plan: string | null } | null;
  domainAccount: string | null;
  isSignUpOpen: boolean;
  /** What the name of somebody new is held against. */
  team: string[];
  looksAt: LooksAt;
}

/** Who may do more than what is their own: they come in only by those who speak for staff. */
const isTrusted = (person: Person) => isStaff(person) || person.roleId !== null;

/** Refuses who may not come in by this word; otherwise the role they have from now on. */
export function admitted(word: Word, { person, decision, timesUsed, isSignUpOpen }: Standing, secret: string): Person['role'] {
  if (timesUsed > 0) throw new Refusal('conflict', 'This sign-in was used before. Start again.');
  if (!person && !word.email) throw new Refusal('forbidden', 'We are not told that your e-mail address is proved to be yours. Prove it there, then sign in again.');
  if (person && isSuspended(person) && !person.anonymisedAt) throw new ShutOut(shutBy(person, decision, secret));
  return person ? returning(word, person) : newcomer(word, isSignUpOpen);
}

/** What the word makes of them: nothing, where it is for customers. */
const roleBy = ({ audience, role }: Word) => (audience === 'customers' ? null : role);

function returning(word: Word, person: Person): Person['role'] {
  if (person.anonymisedAt) throw new Refusal('forbidden', 'You cannot sign in at the moment. Write to the people who run this portal.');
  if (isTrusted(person) && word.audience === 'customers') throw new Refusal('forbidden', 'This way in is for customers. Sign in as your team does.');
  if (!isTrusted(person) && word.audience === 'staff' && !word.role) throw new Refusal('forbidden', 'This way in is for the team. Sign in another way.');
  const isFixed = person.role === 'admin' || person.roleId !== null;
  return (isFixed ? null : roleBy(word)) ?? person.role;
}

function newcomer(word: Word, isSignUpOpen: boolean): Person['role'] {
  const role = roleBy(word);
  if (role) return role;
  if (word.audience === 'staff') throw new Refusal('forbidden', 'This way in is for the team. Sign in another way.');
  if (word.how === 'oidc' && !isSignUpOpen) throw new Refusal('forbidden', 'Nobody signs themselves up here. Ask the people who run this portal to invite you.');
  return 'customer';
}
