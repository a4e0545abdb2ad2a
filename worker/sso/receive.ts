import { Refusal } from '../platform/refusal.ts';
import { type Door, type Guise, letIn } from './door.ts';
import { hostApp } from './queries.ts';
import { type Checking, vouchedByToken } from './token.ts';
import type { Vouched } from './vouched.ts';

/** What came with the token of the company's product. */
export interface Received {
  vouched: Vouched;
  /** Where the product wants them to go: a path, or what it says instead. Not checked yet. */
  next: string | null;
  /** Whether the form was sent from the product itself, or from a page of ours. */
  isDirect: boolean;
}

/** Who sent a form, as the browser says. */
interface Sender {
  isHere: boolean;
  origin: string | null;
}

/** Checks a token; changes nothing. Anybody may send anybody a form: only from here or from the product does it count as their own wish to sign in. */
export async function receive(door: Door, token: string, { isHere, origin }: Sender): Promise<Received> {
  const [{ value }] = await door.portal.load(hostApp());
  if (!value?.isOn) throw new Refusal('forbidden', 'This way in is closed. Choose another.');
  const checking: Checking = { ...door, hostApp: value, now: new Date() };
  const { vouched, returnTo } = await vouchedByToken(checking, token);
  return { vouched, next: pathOf(door.url, returnTo), isDirect: isHere || (origin !== null && origin === value.origin) };
}

/** A whole address of ours is said as its path. */
const pathOf = (url: string, said: unknown) => (typeof said !== 'string' ? null : said.startsWith(`${url}/`) ? said.slice(url.length) : said);

/** Lets in the person of a token. */
export const letInByToken = (door: Door, { vouched }: Received, guise: Guise) => letIn(door, vouched, guise);
