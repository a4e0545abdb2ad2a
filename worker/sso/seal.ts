import * as platform from '../platform/sealed.ts';

const purposeOf = (owner: string) => `client secret of ${owner}`;

/** A client secret as it is kept, bound to the provider whose it is. */
export const sealed = (secret: string, owner: string, text: string): string => platform.sealed(secret, purposeOf(owner), Buffer.from(text));

/** The text of `sealed`. Throws when it was changed, belongs to something else, or the workspace's secret is another. */
export function unsealed(secret: string, owner: string, kept: string): string {
  const bytes = platform.unsealed(secret, purposeOf(owner), kept);
  if (!bytes) throw new Error(`The client secret of ${owner} cannot be read with this workspace's secret.`);
  return Buffer.from(bytes).toString('utf8');
}
