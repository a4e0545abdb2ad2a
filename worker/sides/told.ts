import { posted } from '../mail/schema.ts';
import type { Setting, Writing } from '../platform/operation.ts';
import { sideLetter } from './emails.ts';
import { letterId, replyAddress, sideLink } from './link.ts';

interface Said {
  /** Id of the message. */
  id: string;
  sideId: string;
  subject: string;
  body: string;
  /** Public address of this workspace. */
  url: string;
}

/** The letters to those outside of what somebody here said: each with their own link, an address to answer to and an id, both signed. */
export function tellOutside({ db, viewer, now, newId, secret }: Setting, { id, sideId, subject, body, url }: Said, outside: { id: string; email: string; name: string; locale: 'en' | 'el' }[]): Writing[] {
  const { hostname } = new URL(url);
  return outside.map((member) => {
    const link = url + (member.locale === 'en' ? '' : `/${member.locale}`) + sideLink(secret, member.id);
    const headers = { 'Reply-To': replyAddress(secret, member.id, hostname), References: `<${sideId}@${hostname}>` };
    return posted(db, { newId, now }, sideLetter({ member, who: viewer.name, subject, text: body, url: link, headers }), letterId(secret, id, member.id));
  });
}
