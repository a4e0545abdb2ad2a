const STATUS = { invalid: 422, signed_out: 401, forbidden: 403, stale: 403, unprotected: 403, not_found: 404, conflict: 409, too_many: 429 } as const;

export type Reason = keyof typeof STATUS;
/** Field → one English sentence; pages look its translation up. */
export type Issues = Record<string, string>;

/** An outcome the product expects and explains to people. Anything else thrown is a bug. */
export class Refusal extends Error {
  readonly reason: Reason;
  readonly issues: Issues;
  /** Seconds to wait, with `too_many`. */
  readonly retryAfter: number | undefined;

  constructor(reason: Reason, message: string, issues: Issues = {}, retryAfter?: number) {
    super(message);
    this.name = 'Refusal';
    this.reason = reason;
    this.issues = issues;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status. */
  get status() {
    return STATUS[this.reason];
  }
}

/** What cannot be seen does not exist. */
export const notFound = () => new Refusal('not_found', 'There is nothing here.');

/** What was sent does not fit, and why, by field. */
export const invalid = (issues: Issues) => new Refusal('invalid', 'Check the fields marked below.', issues);

/** Somebody else was quicker. */
export const overtaken = () => new Refusal('conflict', 'Someone changed this a moment ago. Look again, then decide.');

/** Visitors may do this once they signed in. */
export const signedOut = () => new Refusal('signed_out', 'Sign in first.');
