import { Refusal } from '../platform/refusal.ts';
import { type Door, type Guise, letIn } from './door.ts';
import { hostApp } from './queries.ts';
import type { HostApp } from './schema.ts';
import { type Checking, vouchedByToken } from './token.ts';
import type { Vouched } from './vouched.ts';

/** What came with the token of the company's product. */
export interface Received {
  vouched: Vouched;
  /** Where the product wants them to go; not checked yet. */
  returnTo: unknown;
  /** Whether the form was sent from the product itself, or from a page of ours. */
  isDirect: boolean;
}

/** Checks a token; changes nothing. `origin` is who sent the form, as the browser says. */
export async function receive(door: Door, token: string, origin: string | null): Promise<Received> {
  const [{ value }] = await door.portal.load(hostApp());
  if (!value?.isOn) throw new Refusal('forbidden', 'This way in is closed. Choose another.');
  const checking: Checking = { ...door, hostApp: value, now: new Date() };
  return { ...(await vouchedByToken(checking, token)), isDirect: isDirect(door, value, origin) };
}

/** Anybody may send anybody a form: only from here or from the product does it count as their own wish to sign in. */
const isDirect = ({ url }: Door, app: HostApp, origin: string | null) => origin !== null && (origin === new URL(url).origin || origin === app.origin);

/** Lets in the person of a token. */
export const letInByToken = (door: Door, { vouched }: Received, guise: Guise) => letIn(door, vouched, guise);
