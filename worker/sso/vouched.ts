import type { Role } from '../platform/permissions.ts';
import type { Locale } from '../platform/viewer.ts';

/** What somebody we trust says of the person who stands at the door. */
export interface Word {
  /** Slug of the provider; `host-app` for the company's product. */
  provider: string;
  how: 'oidc' | 'sso';
  issuer: string;
  subject: string;
  /** Lower case, and proved to be theirs; null when nobody says so. */
  email: string | null;
  name: string | null;
  locale: Locale | null;
  /** Import id, id, domain or name of an account. */
  account: string | null;
  plan: string | null;
  /** What a claim makes of them. Counts only when the word is not for customers alone. */
  role: Exclude<Role, 'visitor'> | null;
  audience: 'customers' | 'staff' | 'both';
  joinsByDomain: boolean;
  makesAccounts: boolean;
  /** Names this one sign-in; it counts once. */
  once: string;
}

/** A word whose signature was checked. Only code makes one: what comes as a form or as JSON can never be it. */
export class Vouched {
  readonly word: Word;

  constructor(word: Word) {
    this.word = word;
  }
}
