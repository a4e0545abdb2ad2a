import { hashOf, signed, unsigned } from '../platform/signature.ts';
import { type Viewer, visitor } from '../platform/viewer.ts';

/** What the cookie jar of a browser holds for us. On plain HTTP, as on a machine of one's own, cookies cannot be `Secure`. */
export const cookieNames = (https: boolean) =>
  https ? { session: '__Host-stoa_session', viewer: '__Host-stoa_viewer' } : { session: 'stoa_session', viewer: 'stoa_viewer' };

/** The cookie that remembers who somebody is. */
export const viewerCookie = (value: string, https: boolean, age: number) =>
  `${cookieNames(https).viewer}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${https ? '; Secure' : ''}`;

/** What of a viewer a browser may keep for the next page: not the ticket of a link, nor what is hidden from them. */
export const asRemembered = (viewer: Viewer): Viewer => ({ ...viewer, guestOf: null, hidden: null });

/** The signed memory of who the session's person was at the last look: what the next page's queries are built with. */
export const rememberViewer = (secret: string, session: string, viewer: Viewer, https: boolean) =>
  viewerCookie(signed(secret, `viewer ${hashOf(session)}`, JSON.stringify(viewer)), https, 30 * 24 * 3600);

/** Sessions and memories whose hashes were found to be right, by both: to be told so takes longer than all else that a page does with them. */
const claims = new Map<string, { id: string; text: string | undefined }>();
const MOST_CLAIMS = 500;

function claimBy(secret: string, session: string, cookie: string | undefined) {
  const key = `${secret} ${session} ${cookie}`;
  const known = claims.get(key);
  if (known) return known;
  const id = hashOf(session);
  const claim = { id, text: unsigned(secret, `viewer ${id}`, cookie) };
  if (claim.text === undefined) return claim;
  if (claims.size >= MOST_CLAIMS) claims.clear();
  claims.set(key, claim);
  return claim;
}

/** Who the signed memory says they are, a visitor when there is none, or it belongs to another session; and the id of the session. */
export function claimedViewer(secret: string, session: string, cookie: string | undefined): { viewer: Viewer; id: string } {
  const { id, text } = claimBy(secret, session, cookie);
  return { id, viewer: text ? { ...visitor, ...(JSON.parse(text) as Viewer) } : visitor };
}
