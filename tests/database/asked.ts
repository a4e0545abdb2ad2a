import * as accounts from '../../worker/accounts/queries.ts';
import * as audit from '../../worker/audit/queries.ts';
import * as forum from '../../worker/forum/queries.ts';
import * as ideas from '../../worker/ideas/queries.ts';
import * as insights from '../../worker/insights/queries.ts';
import * as kb from '../../worker/kb/queries.ts';
import * as looks from '../../worker/looks/queries.ts';
import * as people from '../../worker/people/queries.ts';
import { type Part, parts } from '../../worker/privacy/parts.ts';
import * as privacy from '../../worker/privacy/queries.ts';
import { encodeCursor, type Query } from '../../worker/platform/query.ts';
import * as search from '../../worker/search/queries.ts';
import * as tickets from '../../worker/tickets/queries.ts';
import * as records from '../../worker/tickets/records.ts';
import type { Viewer } from '../../worker/platform/viewer.ts';
import { setupLink } from '../../worker/people/secret.ts';
import { type cast, SECRET } from '../support/stoa.ts';

const slice = { limit: 30 };
const MOMENT = 1_700_060_000_000;
const after = (...key: (string | number)[]) => ({ limit: 30, after: encodeCursor(key) });
const byTime = after(MOMENT, 'x');

/** Every query there is, with what it may be asked: `folder/export` → questions. A new export without a line here fails the test. */
export const queries: Record<string, Query<unknown>[]> = {
  'accounts/bookOfBusiness': accounts.orders.flatMap((order) => [accounts.bookOfBusiness(slice, order), accounts.bookOfBusiness(slice, order, true), accounts.bookOfBusiness(after(order === 'name' ? 'company 2' : order === 'renewal' ? '2026-03-01' : 500, 'acc_2'), order)]),
  'accounts/accountById': [accounts.accountById('acc_10')],
  'accounts/contactsOf': [accounts.contactsOf('acc_10')],
  'accounts/accountsWithoutRenewal': [accounts.accountsWithoutRenewal(false), accounts.accountsWithoutRenewal(true)],
  'accounts/renewingWithin': [accounts.renewingWithin('2026-01-01', '2026-01-02', false), accounts.renewingWithin('2026-01-01', '2026-01-02', true)],
  'accounts/csmBy': [accounts.csmBy('cleo@example.org')],
  'accounts/accountToChange': [accounts.accountToChange('acc_10', 'usr_cleo')],
  'audit/auditLog': [{}, { actor: 'p50' }, { type: 'topic.opened' }, { subject: 'top_50' }, { token: 'tok_1' }, { from: MOMENT, to: MOMENT + 3_600_000 }, { actor: 'p50@example.net', from: MOMENT }, { type: 'topic.opened', to: MOMENT }].flatMap((filters) => [audit.auditLog(slice, filters), audit.auditLog(byTime, filters)]),
  'forum/allCategories': [forum.allCategories()],
  'forum/categoryBySlug': [forum.categoryBySlug('help')],
  'forum/maybeCategory': [forum.maybeCategory('help')],
  'forum/topicByNumber': [forum.topicByNumber(1500)],
  'forum/topicToChange': [forum.topicToChange(1500, 'help')],
  'forum/standingOfTopic': [forum.standingOfTopic(1500)],
  'forum/postsOfTopic': [forum.postsOfTopic(1500, 1)],
  'forum/postsPage': [forum.postsPage(slice, 1500), forum.postsPage(after(20), 1500)],
  'forum/acceptedPost': [forum.acceptedPost(1500)],
  'forum/postWithTopic': [forum.postWithTopic(1500, 'pst_500')],
  'forum/topicsPage': [{}, { category: 'help' }, { unanswered: true }, { category: 'help', unanswered: true }, { tag: 'common' }, { tag: 'rare' }, { author: 'usr_50' }].flatMap((filter) => [forum.topicsPage(slice, filter), forum.topicsPage(byTime, filter)]),
  'forum/postsByAuthor': [forum.postsByAuthor('p50', 20)],
  'insights/timelineOf': [{}, { source: 'topic' as const }, { person: 'usr_50' }, { person: 'usr_50', source: 'topic' as const }].flatMap((filter) => [insights.timelineOf(slice, { account: 'acc_10', ...filter }), insights.timelineOf(byTime, { account: 'acc_10', ...filter })]),
  'ideas/ideasPage': [ideas.ideasPage(slice), ideas.ideasPage(after(5))],
  'ideas/ideaByNumber': [ideas.ideaByNumber(1)],
  'insights/feedbackPage': [{}, { account: 'acc_10' }, { account: 'acc_10', source: 'topic' as const }, { account: 'acc_10', person: 'usr_50' }, { source: 'topic' as const }, { person: 'usr_50' }].flatMap((filter) => [insights.feedbackPage(slice, filter), insights.feedbackPage(byTime, filter)]),
  'kb/kbCategory': [kb.kbCategory('en', 'cat-1')],
  'kb/kbCategoryOrNone': [kb.kbCategoryOrNone('en', 'cat-1')],
  'kb/kbCategories': [kb.kbCategories(slice, 'en'), kb.kbCategories(after(1, 'cat-1'), 'en')],
  'kb/firstArticles': [kb.firstArticles(slice, 'en', 5)],
  'kb/articlesIn': [kb.articlesIn(slice, 'en', 'cat-1'), kb.articlesIn(after(1, 'article-50'), 'en', 'cat-1')],
  'kb/popularArticles': [kb.popularArticles('en', 6)],
  'kb/articleByPath': [kb.articleByPath('en', 'cat-1', 'article-50')],
  'kb/wholeArticle': [kb.wholeArticle('en', 'cat-1', 'article-50')],
  'kb/articlesPage': [kb.articlesPage(slice, {}), kb.articlesPage(after('en', 'cat-1', 'article-50'), {}), kb.articlesPage(slice, { locale: 'en' }), kb.articlesPage(slice, { locale: 'en', category: 'cat-1' })],
  'looks/customerToLookAs': [looks.customerToLookAs('p50')],
  'looks/customerMaybeLookedAs': [looks.customerMaybeLookedAs('p50')],
  'looks/lookGoingOn': [looks.lookGoingOn('secret')],
  'looks/looksAtMe': [looks.looksAtMe(slice), looks.looksAtMe(byTime)],
  'people/demo': [people.demo()],
  'people/profileByHandle': [people.profileByHandle('p50')],
  'people/credentials': [people.credentials('p50@example.net', ['hash 1', 'hash 2'], new Date(MOMENT))],
  'people/myRecord': [people.myRecord()],
  'people/myTokens': [people.myTokens(slice), people.myTokens(byTime)],
  'people/ownToken': [people.ownToken('tok_1')],
  'people/ownerless': [people.ownerless()],
  'people/ownership': [people.ownership('p50@example.net')],
  'privacy/wholePerson': [privacy.wholePerson(undefined), privacy.wholePerson('p50')],
  'privacy/partOf': (Object.keys(parts) as Part[]).flatMap((part) => [privacy.partOf(slice, part, 'usr_50'), privacy.partOf(byTime, part, 'usr_50')]),
  'privacy/copyOpened': [privacy.copyOpened('key', new Date(MOMENT))],
  'privacy/myConsents': [privacy.myConsents()],
  'privacy/certificate': [privacy.certificate('era_1')],
  'privacy/mentionsOf': [privacy.mentionsOf(), privacy.mentionsOf({ id: 'usr_50', name: 'Booking Refund' })],
  'search/searched': ['booking', 'refund booking', 'nothing'].map((typed) => search.searched(typed, { locale: 'en', limit: 30 })),
  'tickets/ticketToChange': [tickets.ticketToChange(1500)],
  'tickets/ticketToAssign': [tickets.ticketToAssign(1500, 'usr_agnes')],
  'tickets/guestWriting': [tickets.guestWriting('p50@example.net', ['hash 1', 'hash 2'], new Date(MOMENT)), tickets.guestWriting(undefined, ['hash 1', 'hash 2'], new Date(MOMENT))],
  'tickets/ticketByNumber': [tickets.ticketByNumber(1500)],
  'tickets/messagesOfTicket': [tickets.messagesOfTicket(1500)],
  'tickets/ticketsAsked': (['open', 'solved'] as const).flatMap((state) => (['mine', 'account'] as const).flatMap((whose) => [tickets.ticketsAsked(slice, state, whose), tickets.ticketsAsked(byTime, state, whose)])),
  'tickets/queue': [{}, { status: 'pending' as const }, { priority: 'high' as const }, { assignee: 'me' }, { assignee: 'none' }, { assignee: 'agnes' }, { status: 'open' as const, assignee: 'me', priority: 'normal' as const }].flatMap((filters) => [tickets.queue(slice, filters), tickets.queue(after(20_000_000_000_000 - MOMENT, 'x'), filters)]),
  'tickets/colleagues': [tickets.colleagues()],
  'tickets/ticketAtDesk': [tickets.ticketAtDesk(1500)],
  'tickets/historyOfTicket': [tickets.historyOfTicket(1500)],
  'tickets/otherTicketsOfRequester': [tickets.otherTicketsOfRequester(1500)],
  'tickets/topicsOfRequester': [tickets.topicsOfRequester(1500)],
  'tickets/ticketsPage': [records.ticketsPage(slice), records.ticketsPage(after(1800)), records.ticketsPage(slice, 'pending'), records.ticketsPage(after(1800), 'pending')],
  'tickets/wholeTicket': [records.wholeTicket(1500)],
  'tickets/messagesPage': [records.messagesPage(slice, 1500), records.messagesPage(after(1), 1500)],
};

/** Exported beside queries, and none. */
export const notQueries = ['insights/addressOf'];

/** Everybody who may look: of each kind one, and the holder of a ticket's link. */
export const viewers: [who: keyof typeof cast, more?: Partial<Viewer>][] = [
  ['visitor'], ['visitor', { guestOf: 1500 }], ['alice', { id: 'usr_50', accountId: 'acc_10' }], ['carol', { id: 'usr_51', accountId: 'acc_10' }], ['mara'], ['agnes'], ['cleo'], ['ada'],
];

/** Every operation there is, with somebody who may run it and what they send. */
export const operations: Record<string, [who: keyof typeof cast, input: object, more?: Partial<Viewer>]> = {
  'forum.open': ['alice', { category: 'help', title: 'How do I?', body: 'Tell me.', tags: 'common', kind: 'question' }],
  'forum.change': ['agnes', { number: 1500, title: 'Another title' }],
  'forum.vote': ['alice', { number: 1500, isFor: true }],
  'ideas.open': ['alice', { title: 'An idea', body: 'More of it.' }],
  'ideas.vote': ['alice', { number: 1, isFor: true }],
  'accounts.open': ['cleo', { name: 'New Company' }],
  'accounts.change': ['cleo', { id: 'acc_10', arr: 5 }],
  'people.claim-workspace': ['visitor', { name: 'Owner', email: 'owner@example.net', password: 'long enough words', again: 'long enough words', key: new URLSearchParams(setupLink(SECRET).split('?')[1]).get('key'), https: false }],
  'looks.start': ['cleo', { handle: 'p50', reason: 'They asked me to.', session: 'secret' }],
  'looks.stop': ['alice', { session: 'secret' }, { viewedBy: 'usr_cleo' }],
  'people.make-token': ['alice', { name: 'mine', scope: 'read' }, { provedAt: Number.POSITIVE_INFINITY }],
  'people.revoke-token': ['alice', { id: 'tok_1' }, { id: 'usr_1' }],
  'privacy.ask-for-copy': ['alice', {}, { id: 'usr_50', provedAt: Number.POSITIVE_INFINITY }],
  'privacy.erase': ['ada', { handle: 'p51', email: 'p51@example.net', words: 'go' }, { provedAt: Number.POSITIVE_INFINITY }],
  'privacy.give-consent': ['alice', { consent: 'yes', locale: 'en' }, { id: 'usr_50' }],
  'forum.reply': ['alice', { number: 1500, body: 'So.' }],
  'forum.accept': ['agnes', { number: 999, post: 'pst_long_2' }],
  'kb.vote': ['visitor', { locale: 'en', category: 'cat-1', slug: 'article-50', helpful: 'yes', browser: 'b' }],
  'people.change-preferences': ['alice', { name: 'Alice', locale: 'en', timeZone: 'UTC' }],
  'people.sign-in': ['visitor', { email: 'p50@example.net', password: 'wrong', network: 'n', https: false }],
  'people.sign-out': ['alice', { session: 'x' }],
  'tickets.open': ['visitor', { subject: 'Help me', body: 'Please.', email: 'new@example.net' }],
  'tickets.reply': ['agnes', { number: 1500, body: 'Answered.' }],
  'tickets.change': ['agnes', { number: 1500, priority: 'urgent' }],
  'tickets.close': ['carol', { number: 1500 }, { accountId: 'acc_10' }],
  'tickets.reopen': ['agnes', { number: 1502 }],
};
