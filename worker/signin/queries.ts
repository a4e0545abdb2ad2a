import { maybe, one } from '../platform/query.ts';
import { addressees, askers, holdersOfLinks, isOpen, openings, openLinks, signingUp } from './access.ts';
import { hashOfBrowserLink, hashOfLink, hashOfProof, type Purpose } from './secrets.ts';

/** What asking for a way in is decided on. */
export const addressee = one((db, _viewer, email: string) => addressees(db, email));

/** What mailing links is decided on. */
export const holderOfLinks = one((db, _viewer, email: string) => holdersOfLinks(db, email));

/** What signing up is decided on. */
export const newcomer = one((db, _viewer, email: string, key: string, since: Date) => signingUp(db, email, key, since));

/** What letting in is decided on, by the hash of what was brought. */
export const opening = one((db, _viewer, hash: string) => openings(db, hash, new Date()));

/** What a link opens, for its page; undefined when nothing, or nothing any more. */
export const openLink = maybe((db, _viewer, purpose: Purpose, key: string, browser: string) => openLinks(db, hashOfLink(purpose, key), browser, new Date()));

/** What a link opens in the one browser that asked for it. */
export const openBrowserLink = maybe((db, _viewer, key: string, browser: string) => openLinks(db, hashOfBrowserLink(browser, key), browser, new Date()));

/** Who asks for a code for a form, if they are signed in. */
export const asker = maybe((db, viewer) => askers(db, viewer));

/** Whether these digits were sent to the viewer, or to a visitor’s address, for this form. Always one row. */
export const proofToTry = one((db, viewer, drawn: number, email: string, code: string) => isOpen(db, hashOfProof(drawn, viewer.id ?? email, code), new Date()));
