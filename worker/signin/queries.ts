import { maybe, one } from '../platform/query.ts';
import { addressees, openings, openLinks, signingUp } from './access.ts';
import { hashOfBrowserLink, hashOfLink, type Purpose } from './secrets.ts';

/** What asking for a way in is decided on. */
export const addressee = one((db, _viewer, email: string) => addressees(db, email));

/** What signing up is decided on. */
export const newcomer = one((db, _viewer, email: string, key: string, since: Date) => signingUp(db, email, key, since));

/** What letting in is decided on, by the hash of what was brought. */
export const opening = one((db, _viewer, hash: string) => openings(db, hash, new Date()));

/** What a link opens, for its page; undefined when nothing, or nothing any more. */
export const openLink = maybe((db, _viewer, purpose: Purpose, key: string, browser: string) => openLinks(db, hashOfLink(purpose, key), browser, new Date()));

/** What a link opens in the one browser that asked for it. */
export const openBrowserLink = maybe((db, _viewer, key: string, browser: string) => openLinks(db, hashOfBrowserLink(browser, key), browser, new Date()));
