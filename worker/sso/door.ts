import { hashOf } from '../platform/signature.ts';
import type { Call } from '../platform/outside.ts';
import type { Portal } from '../platform/portal.ts';
import type { Locale } from '../platform/viewer.ts';
import { enter } from './enter.ts';
import type { Vouched } from './vouched.ts';

/** The request's way in, as far as signing in by others needs it. */
export interface Door {
  portal: Portal;
  call: Call;
  secret: string;
  /** Public address of this workspace. */
  url: string;
  https: boolean;
  network: string;
}

/** Where somebody comes from, and how they read. */
export interface Guise {
  locale: Locale;
  device: string;
}

/** Names a sign-in, by what only it has. */
export const onceOf = (...parts: string[]) => hashOf(JSON.stringify(parts)).slice(0, 40);

/** Lets in whom a word means. Of two first sign-ins of one person at once, the second finds who the first made. */
export async function letIn({ portal, https, network, url }: Door, vouched: Vouched, guise: Guise) {
  const run = () => portal.run(enter, { vouched, https, url, place: network, ...guise });
  return run().catch((error: Error) => {
    if (/UNIQUE constraint failed: (users|identities)/.test(error.message)) return run();
    throw error;
  });
}
