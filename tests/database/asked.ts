import * as accounts from '../../worker/accounts/queries.ts';
import * as advice from '../../worker/advice/queries.ts';
import * as assignments from '../../worker/assignments/queries.ts';
import * as attachments from '../../worker/attachments/queries.ts';
import * as audit from '../../worker/audit/queries.ts';
import * as beside from '../../worker/beside/queries.ts';
import * as bulk from '../../worker/bulk/queries.ts';
import { Selection, Wish } from '../../worker/bulk/input.ts';
import * as categories from '../../worker/categories/queries.ts';
import * as health from '../../worker/health/queries.ts';
import { groups as healthGroups, keys } from '../../worker/health/measures.ts';
import { Finding } from '../../worker/finding/input.ts';
import * as finding from '../../worker/finding/queries.ts';
import * as following from '../../worker/following/queries.ts';
import * as incidents from '../../worker/incidents/queries.ts';
import * as deflections from '../../worker/deflections/queries.ts';
import * as drafts from '../../worker/drafts/queries.ts';
import * as forms from '../../worker/forms/queries.ts';
import * as forum from '../../worker/forum/queries.ts';
import * as written from '../../worker/forum/records.ts';
import * as groups from '../../worker/groups/queries.ts';
import * as handovers from '../../worker/handovers/queries.ts';
import * as history from '../../worker/history/queries.ts';
import * as ideas from '../../worker/ideas/queries.ts';
import * as insights from '../../worker/insights/queries.ts';
import * as invitations from '../../worker/invitations/queries.ts';
import * as joins from '../../worker/joins/queries.ts';
import * as joined from '../../worker/joins/records.ts';
import * as kb from '../../worker/kb/queries.ts';
import * as links from '../../worker/links/queries.ts';
import * as looks from '../../worker/looks/queries.ts';
import * as macros from '../../worker/macros/queries.ts';
import * as mail from '../../worker/mail/queries.ts';
import * as members from '../../worker/members/queries.ts';
import * as moderation from '../../worker/moderation/queries.ts';
import * as reviewed from '../../worker/moderation/records.ts';
import * as notifications from '../../worker/notifications/queries.ts';
import * as people from '../../worker/people/queries.ts';
import * as directory from '../../worker/people/records.ts';
import { type Part, parts } from '../../worker/privacy/parts.ts';
import * as privacy from '../../worker/privacy/queries.ts';
import { encodeCursor, type Query } from '../../worker/platform/query.ts';
import * as proofs from '../../worker/proofs/queries.ts';
import { newChallenge, toEnter } from '../../worker/proofs/challenge.ts';
import { keyFor } from '../../worker/platform/signature.ts';
import * as posts from '../../worker/posts/queries.ts';
import * as questions from '../../worker/questions/queries.ts';
import * as rankings from '../../worker/rankings/queries.ts';
import * as roles from '../../worker/roles/queries.ts';
import { Vouched, type Word } from '../../worker/sso/vouched.ts';
import * as sso from '../../worker/sso/queries.ts';
import { remember } from '../../worker/search/frequency.ts';
import * as search from '../../worker/search/queries.ts';
import { phraseOf } from '../../worker/platform/text.ts';
import * as searches from '../../worker/searches/queries.ts';
import * as spelling from '../../worker/spelling/queries.ts';
import * as newcomers from '../../worker/newcomers/queries.ts';
import * as suspended from '../../worker/suspended/queries.ts';
import * as screening from '../../worker/screening/queries.ts';
import * as tags from '../../worker/tags/queries.ts';
import * as trust from '../../worker/trust/queries.ts';
import * as sides from '../../worker/sides/queries.ts';
import * as sitemap from '../../worker/sitemap/queries.ts';
import * as signin from '../../worker/signin/queries.ts';
import * as statuses from '../../worker/statuses/queries.ts';
import * as surveys from '../../worker/surveys/queries.ts';
import * as tickets from '../../worker/tickets/queries.ts';
import * as records from '../../worker/tickets/records.ts';
import * as sanctions from '../../worker/sanctions/queries.ts';
import * as appealed from '../../worker/sanctions/records.ts';
import * as live from '../../worker/tickets/live.ts';
import * as screen from '../../worker/tickets/screen.ts';
import * as topicScreen from '../../worker/forum/screen.ts';
import { defaultViews } from '../../worker/views/defaults.ts';
import { conditionOf } from '../../worker/views/input.ts';
import * as views from '../../worker/views/queries.ts';
import { NOTHING, type Viewer } from '../../worker/platform/viewer.ts';
import { setupLink } from '../../worker/people/secret.ts';
import { newAuthenticator } from '../../worker/proofs/totp.ts';
import { hashOf } from '../../worker/platform/signature.ts';
import { codeAt } from '../proofs/support.ts';
import { stampOf } from '../../worker/platform/stamp.ts';
import { hashOfBrowserLink, hashOfLink } from '../../worker/signin/secrets.ts';
import { keyOfMember } from '../../worker/sides/link.ts';
import { type cast, SECRET } from '../support/stoa.ts';

const slice = { limit: 30 };
const MOMENT = 1_700_060_000_000;
const after = (...key: (string | number)[]) => ({ limit: 30, after: encodeCursor(key) });
const byTime = after(MOMENT, 'x');
/** What staff look for among tickets: words that all have, or some; also of those of one person, company or group. */
const sought = [
  { q: 'printer' }, { q: 'printer word7' }, { q: 'Person 50 printer -word3' }, { q: 'prin' }, { q: '"word7 printer" zebra' }, { q: 'help', sort: 'changed' }, { q: 'printer', status: 'unsolved' }, { q: 'printer', status: 'pending', assignee: 'me' }, { q: 'printer', assignee: 'agnes' }, { q: 'printer', assignee: 'none', sort: 'changed' },
  { q: 'printer', group: 'grp_1' }, { q: 'printer', group: 'mine' }, { q: '', requester: 'Person 50' }, { q: 'word7', requester: 'acc' }, { q: '1500' }, { q: '#999999' }, { q: '' },
].map((one) => Finding.parse(one));
/** A search whose words were counted before. */
const counted = <Found>(words: Record<string, number>, search: Query<Found>): Query<Found> => ({
  asking(db, viewer) {
    for (const [word, n] of Object.entries(words)) remember(db, phraseOf([word]), { text: n, title: n, isPublic: true });
    return search.asking(db, viewer);
  },
  read: search.read,
});
/** With links, and long enough to be known again by its shingles. */
const LONG = 'A text of some length, that may have been written before: https://a.example/x and www.b.example are what it leads to, as others did.';

/** A file of a post (1), of a message (2), or a loose one (3, of every tenth). */
const fileOf = (kind: number, i: number) => `att_${kind}${i.toString(16).padStart(31, '0')}`;

/** What an issuer says of somebody who is here, from an account that is. */
const word: Word = { provider: 'okta', how: 'oidc', issuer: 'https://okta.example', subject: 's1', email: 'p50@example.net', name: 'P', locale: 'en', account: 'Company 10', plan: null, role: null, audience: 'customers', joinsByDomain: true, makesAccounts: true, once: 'one' };

/** Tickets chosen one by one. */
const chosen = Selection.parse({ condition: conditionOf({}), ticket: [1500, 1501, 1502] });

/** Every query there is, with what it may be asked: `folder/export` → questions. A new export without a line here fails the test. */
export const queries: Record<string, Query<unknown>[]> = {
  'accounts/bookOfBusiness': accounts.orders.flatMap((order) => [accounts.bookOfBusiness(slice, order), accounts.bookOfBusiness(slice, order, { mine: true }), accounts.bookOfBusiness(after(order === 'name' ? 'company 2' : order === 'renewal' ? '2026-03-01' : 500, 'acc_2'), order), accounts.bookOfBusiness(slice, order, { q: 'company 2' })]).concat([false, true].flatMap((mine) => [accounts.bookOfBusiness(slice, 'health', { mine, atRisk: true }), accounts.bookOfBusiness(after(20, 'acc_2'), 'health', { mine, atRisk: true }), accounts.bookOfBusiness(slice, 'health', { mine, atRisk: true, q: 'company 2' })])),
  'accounts/accountById': [accounts.accountById('acc_10')],
  'accounts/contactsOf': [accounts.contactsOf('acc_10')],
  'accounts/accountsWithoutRenewal': [{}, { mine: true }, { q: 'company 2' }].map((which) => accounts.accountsWithoutRenewal(which)),
  'accounts/renewingWithin': [accounts.renewingWithin('2026-01-01', '2026-01-02', false), accounts.renewingWithin('2026-01-01', '2026-01-02', true)],
  'accounts/csmOf': [accounts.csmOf('acc_10')],
  'accounts/csmBy': [accounts.csmBy('cleo@example.org')],
  'accounts/accountToChange': [accounts.accountToChange('acc_10', 'usr_cleo')],
  'attachments/attachmentById': [1, 2, 3].map((kind) => attachments.attachmentById(fileOf(kind, 500))),
  'attachments/fileToCheck': [attachments.fileToCheck(fileOf(2, 500))],
  'attachments/filesToTake': [attachments.filesToTake([fileOf(5, 500), fileOf(1, 500)])],
  'attachments/myRoom': [attachments.myRoom()],
  'attachments/wholeRoom': [attachments.wholeRoom()],
  'attachments/roomKept': [attachments.roomKept()],
  'attachments/keptAttachments': [attachments.keptAttachments([fileOf(3, 500), fileOf(1, 500)])],
  'advice/postToAdvise': [advice.postToAdvise('pst_500', LONG)],
  'advice/notesOfPost': [advice.notesOfPost('pst_500')],
  'advice/noteById': [advice.noteById('nte_500')],
  'assignments/topicToAssign': [assignments.topicToAssign(1500, 'usr_agnes', 1), assignments.topicToAssign(1500, 'grp_1', 0)],
  'assignments/assignmentOfTopic': [assignments.assignmentOfTopic(1500)],
  'assignments/topicsToLookAfter': [...[false, true].flatMap((isDone) => [assignments.topicsToLookAfter(slice, isDone), assignments.topicsToLookAfter(byTime, isDone)])],
  'assignments/groupsToChoose': [assignments.groupsToChoose()],
  'audit/auditLog': [{}, { actor: 'p50' }, { type: 'topic.opened' }, { subject: 'top_50' }, { token: 'tok_1' }, { from: MOMENT, to: MOMENT + 3_600_000 }, { actor: 'p50@example.net', from: MOMENT }, { type: 'topic.opened', to: MOMENT }].flatMap((filters) => [audit.auditLog(slice, filters), audit.auditLog(byTime, filters)]),
  'drafts/draftOf': [drafts.draftOf(undefined), drafts.draftOf(1500)],
  'drafts/draftsOfTicket': [drafts.draftsOfTicket(1500)],
  'drafts/placeOfAnswer': [drafts.placeOfAnswer(1500)],
  'drafts/placeOf': [drafts.placeOf(undefined), drafts.placeOf(1500)],
  'categories/categoriesKept': [categories.categoriesKept()],
  'categories/categoryToKeep': [categories.categoryToKeep({ id: 'cat_help', slug: 'other', parent: '', named: ['usr_cleo', 'cleo', 'Group 1', 'Company 5', 'acc_7'] })],
  'following/readingOfTopic': [following.readingOfTopic(1500)],
  'following/followOfCategory': [following.followOfCategory('help')],
  'following/followOfTag': [following.followOfTag('common')],
  'following/targetToFollow': [following.targetToFollow('topic', '1500'), following.targetToFollow('category', 'help'), following.targetToFollow('tag', 'common')],
  'following/topicToRead': [following.topicToRead(1500)],
  'following/unreadTopics': [{}, { category: 'help' }, { category: 'help', isOnlyHere: true }].map((within) => following.unreadTopics(100, MOMENT, within)),
  'following/everythingSet': [following.everythingSet()],
  'following/allDefaults': [following.allDefaults()],
  'following/defaultToSet': [following.defaultToSet('grp_1', 'help', ''), following.defaultToSet('', '', 'common')],
  'following/personToIgnore': [following.personToIgnore('p50')],
  'following/hearingOf': [following.hearingOf('p60')],
  'following/everybodyIgnored': [following.everybodyIgnored(100)],
  'following/everythingFollowed': [following.everythingFollowed(500)],
  'forum/allCategories': [forum.allCategories()],
  'forum/categoryBySlug': [forum.categoryBySlug('help')],
  'forum/categoryToOpenIn': [written.categoryToOpenIn('help', LONG, ['common', 'new'])],
  'forum/mainTag': [written.mainTag('word-1')],
  'forum/topicToVoteOn': [written.topicToVoteOn(1500)],
  'tags/allTagGroups': [tags.allTagGroups()],
  'tags/synonymsKept': [tags.synonymsKept()],
  'tags/tagRulesKept': [tags.tagRulesKept()],
  'tags/synonymToAdd': [tags.synonymToAdd('word-1', 'common')],
  'tags/synonymByWord': [tags.synonymByWord('word-1')],
  'tags/tagGroupToKeep': [tags.tagGroupToKeep({ id: 'tgr_1', name: 'Platform', tags: ['mac', 'word-1'], requiredIn: ['cat_help'] })],
  'tags/tagGroupById': [tags.tagGroupById('tgr_1')],
  'forum/topicToAnswer': [written.topicToAnswer(1500, LONG)],
  'forum/newsOfTopic': [written.newsOfTopic(1500, 0), written.newsOfTopic(1500, 20)],
  'forum/topicByNumber': [forum.topicByNumber(1500), forum.topicByNumber(1500, false)],
  'forum/topicToChange': [written.topicToChange(1500, 'help', 'Another title', ['common', 'new'])],
  'forum/standingOfTopic': [forum.standingOfTopic(1500)],
  'forum/markOfTopic': [topicScreen.markOfTopic(1500)],
  'forum/ownHidden': [topicScreen.ownHidden(1500, 1, 20)],
  'forum/postsOfTopic': [forum.postsOfTopic(1500, 1), forum.postsOfTopic(1500, 1, false), forum.postsOfTopic(1500, 1, false, { reports: false, attached: false, quotes: false })],
  'forum/nextOfTeam': [topicScreen.nextOfTeam(1500, 1)],
  'forum/postsPage': [forum.postsPage(slice, 1500), forum.postsPage(after(20), 1500)],
  'forum/postWithTopic': [forum.postWithTopic(1500, 'pst_500')],
  'forum/topicsPage': [{}, { category: 'help' }, { category: 'help', isOnlyHere: true }, { category: 'help', tag: 'common' }, { unanswered: true }, { category: 'help', unanswered: true }, { unsolved: true }, { category: 'help', unsolved: true }, { tag: 'common' }, { tag: 'rare' }, { author: 'usr_50' }, { category: 'help', pinned: true }, { category: 'help', pinned: false }].flatMap((filter) => [forum.topicsPage(slice, filter), forum.topicsPage(byTime, filter)]),
  'forum/postsByAuthor': [forum.postsByAuthor('p50', 20)],
  'posts/postToChange': [posts.postToChange('pst_500')],
  'posts/postToEdit': [posts.postToEdit('pst_500', LONG)],
  'posts/versionToHide': [posts.versionToHide('pst_500', 1)],
  'posts/postToVoteOn': [posts.postToVoteOn('pst_500')],
  'posts/postById': [posts.postById('pst_500')],
  'posts/postWithEditor': [posts.postWithEditor('pst_500')],
  'posts/versionsPage': [posts.versionsPage(slice, 'pst_500'), posts.versionsPage(after(5), 'pst_500')],
  'posts/speakersNamed': [posts.speakersNamed(1500)],
  'posts/postToQuote': [posts.postToQuote(1500, 1)],
  'posts/newestPosts': [posts.newestPosts(1500, 30)],
  'screening/heldToDo': [screening.heldToDo(50)],
  'screening/myHeld': [screening.myHeld(50)],
  'screening/heldToDecide': [screening.heldToDecide(['hld_3', 'hld_6'])],
  'screening/rulesKept': [screening.rulesKept()],
  'screening/wordsKept': [screening.wordsKept()],
  'screening/screensKept': [screening.screensKept()],
  'screening/listsToKeep': [screening.listsToKeep('site', 'spam.example')],
  'screening/wordById': [screening.wordById('wrd_1')],
  'screening/screenById': [screening.screenById('scr_1')],
  'suspended/suspendedToDo': [suspended.suspendedToDo({ limit: 50 }), suspended.suspendedToDo({ limit: 50, after: encodeCursor([1_700_000_600_000, 'tkt_s10']) })],
  'suspended/suspendedCount': [suspended.suspendedCount()],
  'suspended/suspendedOfMine': [suspended.suspendedOfMine()],
  'suspended/suspendedByNumber': [suspended.suspendedByNumber(1500), suspended.suspendedByNumber(1_000_020)],
  'suspended/suspendedToDecide': [suspended.suspendedToDecide(['tkt_s20', 'tkt_s21'])],
  'suspended/trustedSenders': [suspended.trustedSenders()],
  'suspended/listToTrust': [suspended.listToTrust('partner.example')],
  'suspended/trustedById': [suspended.trustedById('tru_1')],
  'newcomers/newcomersToDo': [newcomers.newcomersToDo(50)],
  'newcomers/newcomersDone': [newcomers.newcomersDone(20)],
  'newcomers/newcomerToClaim': [newcomers.newcomerToClaim('usr_20')],
  'newcomers/newcomersToDecide': [newcomers.newcomersToDecide(['usr_22', 'usr_24'])],
  'people/namesHere': [people.namesHere()],
  'trust/trustOf': [trust.trustOf('p1'), trust.trustOf('p50')],
  'trust/rightsKept': [trust.rightsKept()],
  'trust/trustToSet': [trust.trustToSet('p50')],
  'rankings/hotTopics': [{}, { category: 'help' }, { category: 'help', isOnlyHere: true }].map((within) => rankings.hotTopics(MOMENT, within)),
  'rankings/topTopics': rankings.periods.flatMap((period) => [{}, { category: 'help' }, { category: 'help', isOnlyHere: true }].map((within) => rankings.topTopics(period, MOMENT, within))),
  'sitemap/newestTopicNumber': [sitemap.newestTopicNumber()],
  'sitemap/topicsLatest': [sitemap.topicsLatest()],
  'sitemap/topicsNumbered': [sitemap.topicsNumbered(1001, 1100)],
  'handovers/handoversOfTopic': [handovers.handoversOfTopic(1500)],
  'handovers/handoversOfTicket': [handovers.handoversOfTicket(1500)],
  'handovers/speakersOfTopic': [handovers.speakersOfTopic(1500, 1, 20)],
  'handovers/postToTake': [handovers.postToTake('pst_500')],
  'handovers/ticketToPublish': [handovers.ticketToPublish(1500, 'help')],
  'moderation/topicToModerate': [moderation.topicToModerate(1500)],
  'moderation/topicToSplit': [moderation.topicToSplit(1500, ['pst_500', 'pst_501'], ['t1'])],
  'moderation/topicToMerge': [moderation.topicToMerge(1500, 1501)],
  'moderation/postsToChoose': [moderation.postsToChoose(1500)],
  'moderation/movedFrom': [moderation.movedFrom(1500, 1, 20)],
  'moderation/movedTo': [moderation.movedTo(1500, 1)],
  'moderation/postToFlag': [reviewed.postToFlag('pst_500')],
  'moderation/reviewOf': [reviewed.reviewOf('pst_3')],
  'moderation/reviewsToDecide': [reviewed.reviewsToDecide(['pst_3', 'pst_6'])],
  'moderation/reviewsToDo': [reviewed.reviewsToDo(50)],
  'moderation/reviewsDone': [reviewed.reviewsDone(20)],
  'moderation/reasonsInTopic': [reviewed.reasonsInTopic(1500, 1, 20)],
  'moderation/whispersOfTopic': [moderation.whispersOfTopic(1500, 1, 20)],
  'moderation/timersOfTopic': [moderation.timersOfTopic(1500)],
  'sanctions/personToSanction': [sanctions.personToSanction('p50')],
  'sanctions/sanctionsOf': [sanctions.sanctionsOf('p50', 50)],
  'sanctions/sanctionToLift': [sanctions.sanctionToLift('san_50')],
  'sanctions/spammerToDelete': [sanctions.spammerToDelete('p50')],
  'sanctions/myStatements': [sanctions.myStatements(slice), sanctions.myStatements(byTime)],
  'sanctions/statementById': [sanctions.statementById('sor_50', ''), sanctions.statementById('sor_50', 'key 50')],
  'sanctions/statementToAppeal': [sanctions.statementToAppeal('sor_50', ''), sanctions.statementToAppeal('sor_50', 'key 50')],
  'sanctions/logPage': [sanctions.logPage(slice), sanctions.logPage(byTime)],
  'sanctions/logByMonth': [sanctions.logByMonth(MOMENT + 1e12)],
  'sanctions/appealsToDecide': [appealed.appealsToDecide(20)],
  'sanctions/appealsDone': [appealed.appealsDone(20)],
  'sanctions/appealToDecide': [appealed.appealToDecide('apl_50')],
  'insights/timelineOf': [{}, { source: 'topic' as const }, { person: 'usr_50' }, { person: 'usr_50', source: 'topic' as const }].flatMap((filter) => [insights.timelineOf(slice, { account: 'acc_10', ...filter }), insights.timelineOf(byTime, { account: 'acc_10', ...filter })]),
  'joins/ticketsToMerge': [joins.ticketsToMerge(1500, [1501, 1502])],
  'joins/mergeOfTicket': [joins.mergeOfTicket(1499, ['msg_498']), joins.mergeOfTicket(1500, [])],
  'joins/ticketToSplit': [joins.ticketToSplit(1500, ['msg_500'])],
  'joins/mergedInto': [joined.mergedInto(1498)],
  'joins/candidates': [joined.candidates(1500)],
  'joins/typedAddress': [joined.typedAddress(1500)],
  'joins/lately': [joined.lately(1500)],
  'sides/sidesOfTicket': [sides.sidesOfTicket(1500)],
  'sides/sideMessagesOfTicket': [sides.sideMessagesOfTicket(1500)],
  'sides/saidInSides': [sides.saidInSides(1500)],
  'sides/sideMembersOfTicket': [sides.sideMembersOfTicket(1500)],
  'sides/ticketToAskAbout': [sides.ticketToAskAbout(1500, ['usr_agnes']), sides.ticketToAskAbout(1500, [], 'grp_1')],
  'sides/sideToWrite': [sides.sideToWrite('sid_500')],
  'sides/sideByKey': [sides.sideByKey('key of 500')],
  'sides/sideMessagesByKey': [sides.sideMessagesByKey('key of 500')],
  'links/linksOfTicket': [links.linksOfTicket(1504)],
  'links/followUpsOf': [links.followUpsOf(1504)],
  'links/trackersOfTicket': [links.trackersOfTicket(1500)],
  'links/ticketToLink': [links.ticketToLink(1500, 1502)],
  'links/ticketsToLink': [links.ticketsToLink(1500, 1502), links.ticketsToLink(1504, 1500), links.ticketsToLink(1504, 1500, 'duplicate')],
  'links/problemToAnswer': [links.problemToAnswer(1504)],
  'links/answersOnTheirWay': [links.answersOnTheirWay(1512)],
  'links/answersToTakeBack': [links.answersToTakeBack(1512)],
  'history/historyOfTicket': [history.historyOfTicket(1500)],
  'history/historyPage': [history.historyPage(slice, 1500, {}), history.historyPage(byTime, 1500, { type: 'ticket.changed', actor: 'agnes' }), history.historyPage(byTime, 1500, { rising: true })],
  'ideas/ideasPage': [ideas.ideasPage(slice), ideas.ideasPage(after(5))],
  'ideas/similarIdeas': [ideas.similarIdeas('An idea about exports')],
  'ideas/ideaByNumber': [ideas.ideaByNumber(1)],
  'insights/sayingById': [insights.sayingById('fbk_500')],
  'insights/feedbackPage': [{}, { account: 'acc_10' }, { account: 'acc_10', source: 'topic' as const }, { account: 'acc_10', person: 'usr_50' }, { source: 'topic' as const }, { person: 'usr_50' }].flatMap((filter) => [insights.feedbackPage(slice, filter), insights.feedbackPage(byTime, filter)]),
  'invitations/invitationsPage': [undefined, 'acc_10'].flatMap((account) => [invitations.invitationsPage(slice, account), invitations.invitationsPage(byTime, account)]),
  'invitations/invitationToResend': [invitations.invitationToResend('inv_1')],
  'invitations/invitationWanted': [invitations.invitationWanted('p50@example.net', 'Company 10', 'rol_1')],
  'invitations/manyWanted': [invitations.manyWanted({ emails: ['p50@example.net'], named: ['Company 10'], roleNames: ['Biller'] })],
  'invitations/expiredInvitations': [invitations.expiredInvitations(new Date(MOMENT))],
  'invitations/invitationBehind': [invitations.invitationBehind('key')],
  'members/myAccount': [members.myAccount()],
  'members/adminsOfMyAccount': [members.adminsOfMyAccount()],
  'members/myContacts': [members.myContacts()],
  'members/myRequest': [members.myRequest()],
  'members/accountsToJoin': [members.accountsToJoin()],
  'members/accountToJoin': [members.accountToJoin('acc_10')],
  'members/membersOf': [members.membersOf(slice, 'acc_10'), members.membersOf(after('Person 50', 'x'), 'acc_10')],
  'members/contactsBeside': [members.contactsBeside('acc_10')],
  'members/requestsTo': [members.requestsTo('acc_10')],
  'members/requestsWaiting': [members.requestsWaiting()],
  'members/seatOf': [members.seatOf('acc_10', 'usr_50'), members.seatOf('acc_10', 'p50@example.net')],
  'members/maybeSeat': [members.maybeSeat('acc_10', 'p50@example.net')],
  'members/mySeat': [members.mySeat('acc_10')],
  'kb/kbCategory': [kb.kbCategory('en', 'cat-1')],
  'kb/kbCategoryOrNone': [kb.kbCategoryOrNone('en', 'cat-1')],
  'kb/kbCategories': [kb.kbCategories(slice, 'en'), kb.kbCategories(after(1, 'cat-1'), 'en')],
  'kb/firstArticles': [kb.firstArticles(slice, 'en', 5)],
  'kb/articlesIn': [kb.articlesIn(slice, 'en', 'cat-1'), kb.articlesIn(after(1, 'article-50'), 'en', 'cat-1')],
  'kb/popularArticles': [kb.popularArticles('en', 6)],
  'kb/articleByPath': [kb.articleByPath('en', 'cat-1', 'article-50')],
  'kb/wholeArticle': [kb.wholeArticle('en', 'cat-1', 'article-50')],
  'kb/articlesPage': [kb.articlesPage(slice, {}), kb.articlesPage(after('en', 'cat-1', 'article-50'), {}), kb.articlesPage(slice, { locale: 'en' }), kb.articlesPage(slice, { locale: 'en', category: 'cat-1' })],
  'mail/lettersPage': [mail.lettersPage(slice), mail.lettersPage(byTime)],
  'mail/letterById': [mail.letterById('mal_50')],
  'looks/customerToLookAs': [looks.customerToLookAs('p50')],
  'looks/customerMaybeLookedAs': [looks.customerMaybeLookedAs('p50')],
  'looks/lookGoingOn': [looks.lookGoingOn('secret')],
  'looks/looksAtMe': [looks.looksAtMe(slice), looks.looksAtMe(byTime)],
  'notifications/notificationsPage': [notifications.notificationsPage(slice), notifications.notificationsPage(byTime)],
  'notifications/myMailLevel': [notifications.myMailLevel()],
  'notifications/ticketSeen': [notifications.ticketSeen(1500), notifications.ticketSeen(undefined)],
  'people/demo': [people.demo()],
  'people/profileByHandle': [people.profileByHandle('p50')],
  'people/credentials': [people.credentials('p50@example.net', { pair: 'hash 1', network: 'hash 2', address: 'hash 3', device: 'hash 4' }, new Date(MOMENT))],
  'people/myRecord': [people.myRecord()],
  'people/myTokens': [people.myTokens(slice), people.myTokens(byTime)],
  'people/ownToken': [people.ownToken('tok_1')],
  'people/ownerless': [people.ownerless()],
  'people/ownership': [people.ownership('p50@example.net')],
  'people/peopleFound': [{}, { q: 'person 5' }, { role: 'customer' }, { role: 'admin' }, { role: 'rol_1' }, { account: 'acc_10' }, { state: 'staged' as const }, { state: 'suspended' as const }, { state: 'verified' as const }, { q: 'p50@', role: 'customer' }].flatMap((filters) => [directory.peopleFound(slice, filters), directory.peopleFound(after('Person 50', 'x'), filters)]),
  'people/personRecord': [directory.personRecord('usr_50'), directory.personRecord('p50')],
  'people/personToChange': [directory.personToChange('usr_50', 'Company 10')],
  'people/personToPromote': [directory.personToPromote('usr_50', 'rol_1')],
  'roles/allRoles': [roles.allRoles()],
  'roles/roleById': [roles.roleById('rol_1')],
  'roles/roleNamed': [roles.roleNamed('Biller', ['cat_help'], ['grp_1'])],
  'roles/roleToChange': [roles.roleToChange('rol_1', 'Biller', { categories: ['cat_help'], groups: ['grp_1'] })],
  'privacy/wholePerson': [privacy.wholePerson(undefined), privacy.wholePerson('p50')],
  'privacy/partOf': (Object.keys(parts) as Part[]).flatMap((part) => [privacy.partOf(slice, part, 'usr_50'), privacy.partOf(byTime, part, 'usr_50')]),
  'privacy/copyOpened': [privacy.copyOpened('key', new Date(MOMENT))],
  'privacy/myConsents': [privacy.myConsents()],
  'privacy/certificate': [privacy.certificate('era_1')],
  'privacy/mentionsOf': [privacy.mentionsOf(), privacy.mentionsOf({ id: 'usr_50', name: 'Booking Refund' })],
  'people/mySessions': [people.mySessions('secret')],
  'people/mySession': [people.mySession('abc')],
  'people/myPassword': [people.myPassword('secret', 'hash 1', new Date(MOMENT))],
  'proofs/standingIn': [proofs.standingIn('secret', 'hash 1', 'hash 2', new Date(MOMENT))],
  'proofs/secondStep': [proofs.secondStep('secret')],
  'proofs/bothOf': [proofs.bothOf('p50@example.net', 'hash 1', { pair: 'hash 2', address: 'hash 3' }, new Date(MOMENT))],
  'proofs/passkeyBy': [proofs.passkeyBy('credential')],
  'proofs/myStanding': [proofs.myStanding()],
  'proofs/myPasskeys': [proofs.myPasskeys()],
  'proofs/myPasskey': [proofs.myPasskey('credential')],
  'proofs/staffStanding': [proofs.staffStanding()],
  'search/similarTo': ['booking', 'refund booking'].map((title) => search.similarTo(title, 'en')),
  'search/nearTo': ['booking', 'booking #help', 'booking tag:common status:open'].flatMap((typed) => [undefined, 'topic' as const].map((type) => search.nearTo({ model: 'bags', size: 384, vector: `[1${',0.5'.repeat(383)}]` }, typed, { type, locale: 'en', limit: 30 }))),
  'search/suggestedFor': [search.suggestedFor('Topic 5 words', 'Some more words.', 'en')],
  'search/mySearches': [search.mySearches()],
  'search/searchByName': [search.searchByName('search 50')],
  'spelling/spelled': [spelling.spelled('bokking'), spelling.spelled('booking refnd nothing')],
  'searches/searchesOften': searches.searchLists.map((list) => searches.searchesOften(list)),
  'searches/searchesByDay': [searches.searchesByDay('2026-01-01')],
  'search/searched': [
    ...['booking', 'refund booking', 'nothing', 'refund #help @p52', 'booking tag:common status:open', 'in:title topic before:2027', 'refund order:likes', 'booking order:latest', '@p52', '@p52 after:2001', 'tag:rare', 'tags:common,rare', '#help', '#help status:noreplies', 'status:solved', 'before:2021', 'min_likes:2', 'booking min_likes:1', 'order:likes', 'order:latest']
      .map((typed) => search.searched(typed, { locale: 'en', limit: 30 })),
    search.searched('#cat-1', { type: 'article', locale: 'en', limit: 30 }),
    ...[{ words: 9, topic: 9 }, { words: 9_000, topic: 9_000 }, { words: 9, topic: 9_000 }].map((words) => counted(words, search.searched('words topic ', { locale: 'en', limit: 30 }))),
  ],
  'search/counting': [search.counting('booking refund nothing')],
  'signin/addressee': [signin.addressee('p50@example.net')],
  'signin/holderOfLinks': [signin.holderOfLinks('p50@example.net'), signin.holderOfLinks('guest@example.net')],
  'signin/newcomer': [signin.newcomer('p50@example.net', 'hash 1', new Date(MOMENT))],
  'signin/opening': [signin.opening('hash 50')],
  'signin/openLink': [signin.openLink('reset', 'key', 'browser')],
  'signin/asker': [signin.asker()],
  'signin/proofToTry': [signin.proofToTry(1, 'p50@example.net', '123456')],
  'signin/openBrowserLink': [signin.openBrowserLink('key', 'browser')],
  'sso/providersOnOffer': [sso.providersOnOffer()],
  'sso/providerOnOffer': [sso.providerOnOffer('okta')],
  'sso/providerToUse': [sso.providerToUse('okta')],
  'sso/allProviders': [sso.allProviders()],
  'sso/providerBySlug': [sso.providerBySlug('okta')],
  'sso/providerBySlugOrNone': [sso.providerBySlugOrNone('okta')],
  'sso/hostApp': [sso.hostApp()],
  'sso/signUp': [sso.signUp()],
  'sso/standing': [sso.standing(word), sso.standing({ ...word, email: null, account: null })],
  'health/healthOf': [health.healthOf('acc_10')],
  'health/daysOfHealth': [health.daysOfHealth('acc_10', 20_000)],
  'health/weightsKept': [health.weightsKept()],
  'health/accountToJudge': [health.accountToJudge('acc_10')],
  'surveys/ticketToRate': [surveys.ticketToRate(1500)],
  'surveys/ratedTicket': [surveys.ratedTicket(1500)],
  'surveys/questionOfTicket': [surveys.questionOfTicket(1500)],
  'surveys/ratingQuestion': [surveys.ratingQuestion()],
  'surveys/ratingOfTicket': [surveys.ratingOfTicket(1500)],
  'surveys/ratingsCounted': [surveys.ratingsCounted('2026-01')],
  'surveys/ratingsPage': [surveys.ratingsPage(slice), surveys.ratingsPage(byTime)],
  'tickets/ticketToChange': [tickets.ticketToChange(1500)],
  'tickets/ticketToAssign': [tickets.ticketToAssign(1500, 'usr_agnes'), tickets.ticketToAssign(1500, 'me', 'grp_1')],
  'tickets/ticketToOpen': [tickets.ticketToOpen('p50@example.net', ['hash 1', 'hash 2'], new Date(MOMENT), undefined, {}), tickets.ticketToOpen(undefined, ['hash 1', 'hash 2'], new Date(MOMENT), 'frm_1', { who: 'Person 7' })],
  'tickets/ticketByNumber': [tickets.ticketByNumber(1500)],
  'tickets/messagesOfTicket': [tickets.messagesOfTicket(1500)],
  'tickets/ticketsAsked': (['open', 'solved'] as const).flatMap((state) => (['mine', 'account', 'copied'] as const).flatMap((whose) => [tickets.ticketsAsked(slice, state, whose), tickets.ticketsAsked(byTime, state, whose), tickets.ticketsAsked(slice, state, whose, 'printer word7')])),
  'statuses/allStatuses': [statuses.allStatuses()],
  'statuses/statusToKeep': [statuses.statusToKeep('sts_1')],
  'incidents/knownProblems': [incidents.knownProblems('en'), incidents.knownProblems('el', { subject: 'Topic 5 words', text: '' })],
  'incidents/problemToAwait': [incidents.problemToAwait('topic', '1500', MOMENT), incidents.problemToAwait('incident', 'inc_5', MOMENT)],
  'incidents/incidentOfTicket': [incidents.incidentOfTicket(1005)],
  'incidents/waitByKey': [incidents.waitByKey('guessed')],
  'incidents/ticketToShow': [incidents.ticketToShow(1005)],
  'deflections/helperToThank': [deflections.helperToThank('article', 'art_1', 'p50@example.net', MOMENT), deflections.helperToThank('topic', '1500', undefined, MOMENT)],
  'deflections/deflectionsByMonth': [deflections.deflectionsByMonth('2026-01')],
  'deflections/helpersByCount': [deflections.helpersByCount()],
  'forms/formsToAsk': [forms.formsToAsk(''), forms.formsToAsk('frm_2', { who: 'Person 7' })],
  'forms/formOfTicket': [forms.formOfTicket(1500), forms.formOfTicket(1500, { who: 'Person 7', firm: 'Acc' })],
  'forms/ticketToFill': [forms.ticketToFill(1500, undefined, {}), forms.ticketToFill(1500, 'frm_2', { who: 'Person 7' })],
  'forms/allForms': [forms.allForms()],
  'forms/formById': [forms.formById('frm_1')],
  'forms/allFields': [forms.allFields()],
  'forms/formToKeep': [forms.formToKeep('frm_1')],
  'forms/fieldToKeep': [forms.fieldToKeep('fld_1', 'region')],
  'forms/fieldToRemove': [forms.fieldToRemove('fld_4')],
  'forms/formToPlaceIn': [forms.formToPlaceIn('frm_1', 'fld_4')],
  'groups/allGroups': [groups.allGroups()],
  'groups/groupToKeep': [groups.groupToKeep('grp_1', 'Group 2', ['usr_agnes', 'usr_cleo'])],
  'groups/groupToRemove': [groups.groupToRemove('grp_1')],
  'questions/questionsWaiting': [questions.questionsWaiting(slice), questions.questionsWaiting(byTime)],
  'questions/questionsCounted': [questions.questionsCounted()],
  'finding/ticketsFound': sought.flatMap((wanted) => [finding.ticketsFound(slice, wanted), finding.ticketsFound(after(1, MOMENT, 'x'), wanted)]),
  'finding/isCut': sought.map((wanted) => finding.isCut(wanted)),
  'finding/ticketCalled': sought.map(({ q }) => finding.ticketCalled(q)),
  'views/myViews': [views.myViews()],
  'views/viewToKeep': [views.viewToKeep('mine', 'grp_1')],
  'views/ticketsMatching': [
    ...defaultViews.flatMap((view) => [views.ticketsMatching(slice, view, MOMENT), views.ticketsMatching(view.sort === 'solved' ? byTime : after(20_000_000_000_000 - MOMENT, 'x'), view, MOMENT)]),
    ...[{ status: 'pending' as const }, { priority: 'high' as const }, { assignee: 'agnes' }, { group: 'grp_1' }, { status: 'open' as const, assignee: 'me', priority: 'normal' as const }].flatMap((filters) => [views.ticketsMatching(slice, { condition: conditionOf(filters), sort: 'priority' }), views.ticketsMatching(after(20_000_000_000_000 - MOMENT, 'x'), { condition: conditionOf(filters), sort: 'priority' })]),
    ...(['message', 'created'] as const).flatMap((sort) => [views.ticketsMatching(slice, { condition: conditionOf({}), sort }), views.ticketsMatching(sort === 'message' ? byTime : after(1800, 'x'), { condition: conditionOf({}), sort })]),
  ],
  'views/countsOf': [views.countsOf(defaultViews, MOMENT)],
  'views/nextTicket': defaultViews.map((view) => views.nextTicket(view, 1500, MOMENT)),
  'bulk/selectionCounted': [bulk.selectionCounted(chosen, Wish.parse({ status: 'open', addTags: 'x', removeTags: 'y', assignee: 'me', group: 'grp_1' }))],
  'bulk/selectionSample': [bulk.selectionSample(chosen)],
  'bulk/bulkToStart': [bulk.bulkToStart(chosen, Wish.parse({ assignee: 'usr_agnes', group: 'grp_1' }))],
  'bulk/runById': [bulk.runById('blk_50')],
  'bulk/myRuns': [bulk.myRuns()],
  'bulk/itemsPage': [bulk.itemsPage(slice, 'blk_50'), bulk.itemsPage(after(3), 'blk_50')],
  'bulk/chunkToDo': [bulk.chunkToDo('blk_50')],
  'beside/besideTicket': [beside.besideTicket(1500)],
  'tickets/newsOfTicket': [live.newsOfTicket(1500, 0), live.newsOfTicket(1500, 3)],
  'tickets/newestTicket': [live.newestTicket()],
  'tickets/newTickets': [live.newTickets(1500)],
  'tickets/firstOfView': defaultViews.map((view) => live.firstOfView(view, MOMENT)),
  'tickets/colleagues': [tickets.colleagues()],
  'tickets/ticketAtDesk': [tickets.ticketAtDesk(1500)],
  'tickets/otherTicketsOfRequester': [screen.otherTicketsOfRequester(1500)],
  'beside/voicesOfRequester': [beside.voicesOfRequester(1500)],
  'tickets/topicsOfRequester': [screen.topicsOfRequester(1500)],
  'tickets/heldReply': [screen.heldReply(1500, 'msg_held_500')],
  'tickets/heldInTicket': [screen.heldInTicket(1500)],
  'tickets/peopleOfTicket': [screen.peopleOfTicket(1500)],
  'tickets/visitorsOfTicket': [screen.visitorsOfTicket(1500, MOMENT)],
  'tickets/markOfTicket': [screen.markOfTicket(1500)],
  'tickets/lookAtTicket': [screen.lookAtTicket(1500, MOMENT)],
  'tickets/internalToOpen': [screen.internalToOpen({}), screen.internalToOpen({ assignee: 'me', group: 'grp_1' })],
  'tickets/ticketToOpenFor': [screen.ticketToOpenFor('p50@example.net', { form: undefined, said: {} }), screen.ticketToOpenFor('new@example.net', { assignee: 'me', group: 'grp_1', form: 'frm_1', said: { who: 'Person 7' } })],
  'tickets/ticketToHandOn': [screen.ticketToHandOn(1500, 'p50@example.net'), screen.ticketToHandOn(1500, 'new@example.net')],
  'tickets/ticketToCopy': [screen.ticketToCopy(1500, 'p50@example.net')],
  'tickets/reopenTime': [screen.reopenTime()],
  'tickets/undoTimes': [screen.undoTimes()],
  'macros/ownMacros': [macros.ownMacros()],
  'macros/macrosOfGroups': [macros.macrosOfGroups()],
  'macros/namesOfMacrosOfGroups': [macros.namesOfMacrosOfGroups()],
  'macros/macrosOfAll': [macros.macrosOfAll()],
  'macros/namesOfOwnMacros': [macros.namesOfOwnMacros()],
  'macros/namesOfMacrosOfAll': [macros.namesOfMacrosOfAll()],
  'macros/macroById': [macros.macroById('mac_50')],
  'macros/macroToKeep': [macros.macroToKeep('mac_50'), macros.macroToKeep(undefined, 'all', '', 'sts_1')],
  'mail/chosenTemplates': [mail.chosenTemplates()],
  'mail/templateToKeep': [mail.templateToKeep('code', 'en')],
  'tickets/ticketsPage': [records.ticketsPage(slice), records.ticketsPage(after(1800)), records.ticketsPage(slice, 'pending'), records.ticketsPage(after(1800), 'pending'), records.ticketsPage(slice, undefined, 'printer')],
  'tickets/wholeTicket': [records.wholeTicket(1500)],
  'tickets/messagesPage': [records.messagesPage(slice, 1500), records.messagesPage(after(1), 1500)],
};

/** Exported beside queries, and none. */
export const notQueries = ['insights/addressOf', 'insights/pageOf', 'members/isCompanys', 'bulk/selected', 'tickets/movedIn'];

/** Just proved who they are; the clock of the tests stands still in January 2026. */
const FRESHLY = { provedAt: Date.UTC(2026, 0, 5, 9) };

/** Everybody who may look: of each kind one, and the holder of a ticket's link. */
export const viewers: [who: keyof typeof cast, more?: Partial<Viewer>][] = [
  ['visitor'], ['visitor', { guestOf: 1500, hidden: NOTHING }], ['alice', { id: 'usr_50', accountId: 'acc_10', hidden: '["cat_1"]' }], ['carol', { id: 'usr_51', accountId: 'acc_10' }], ['mara'], ['lena'], ['agnes'], ['agnes', { scopes: { groups: ['grp_1', 'grp_2'] } }], ['cleo'], ['ada'],
];

const asker = { browser: 'a browser of these tests', network: 'n', https: false, url: 'http://stoa.test' };

/** What their links open. */
export const secrets: [hash: string, purpose: string, person: number][] = [[hashOfLink('verify', 'verify key'), 'verify', 72], [hashOfLink('reset', 'reset key'), 'reset', 74], [hashOfBrowserLink(asker.browser, 'code key'), 'code', 76]];

const provider = { name: 'Okta', slug: 'okta', kind: 'oidc', issuer: 'https://okta.example', clientId: 'id', clientSecret: 'secret', audience: 'both' };

const from = { network: 'n', https: false };
/** Somebody with an authenticator, a passkey and recovery codes, who has just proved who they are. */
const fresh = { id: 'usr_50', ...FRESHLY };
const NOW = new Date(FRESHLY.provedAt);
/** The key of a form that was asked for more. */
const FORM = 'form-of-a-guest';

const seal = newAuthenticator(SECRET, 'usr_alice');

/** A test has no key to sign with: of these only what they are decided on is looked at here. */
export const refusedHere = ['proofs.enter-by-passkey', 'proofs.add-passkey'];

/** Every operation there is, with somebody who may run it and what they send. */
export const operations: Record<string, [who: keyof typeof cast, input: object, more?: Partial<Viewer>]> = {
  'following.follow': ['alice', { kind: 'topic', target: '1500', level: 'watching' }],
  'following.read': ['alice', { number: 1500, upTo: 1 }],
  'notifications.see': ['alice', { ticket: 1500 }, { id: 'usr_50', accountId: 'acc_10' }],
  'notifications.change-mail': ['alice', { level: 'daily' }],
  'notifications.unsubscribe': ['visitor', { person: 'usr_alice', key: keyFor(SECRET, 'unsubscribe', 'usr_alice') }],
  'attachments.keep': ['alice', { attachments: [fileOf(3, 500)], files: [{ id: fileOf(4, 1), name: 'a.txt', type: 'text/plain', size: 1, width: null, height: null, sha256: '' }] }, { id: 'usr_50' }],
  'attachments.keep-room': ['ada', { newcomer: 10 }],
  'attachments.ask-again': ['agnes', { id: fileOf(2, 500) }],
  'attachments.take': ['agnes', { ids: [fileOf(5, 510)] }],
  'attachments.drop': ['alice', { ids: [fileOf(3, 600)] }, { id: 'usr_60' }],
  'forum.open': ['alice', { category: 'help', title: 'How do I?', body: 'Tell me.', tags: 'common', kind: 'question', attachments: [fileOf(3, 510)] }, { id: 'usr_51' }],
  'forum.change': ['agnes', { number: 1500, title: 'Another title' }],
  'forum.vote': ['alice', { number: 1500, isFor: true }],
  'tags.add-synonym': ['ada', { synonym: 'rare', tag: 'seldom' }],
  'tags.remove-synonym': ['ada', { synonym: 'word-1' }],
  'tags.keep-group': ['ada', { name: 'Browsers', tags: 'firefox, safari' }],
  'tags.remove-group': ['ada', { id: 'tgr_1' }],
  'tags.keep-rules': ['ada', { level: 1 }],
  'handovers.take': ['agnes', { post: 'pst_500' }],
  'handovers.publish': ['agnes', { number: 1502, category: 'help', title: 'A question', question: 'What?', answer: 'That.' }],
  'moderation.lock': ['agnes', { number: 1501, locked: 'yes' }],
  'moderation.pin': ['agnes', { number: 1501, pinned: 'yes' }],
  'advice.tell': ['mara', { post: 'pst_501', words: 'A word.' }],
  'following.set-default': ['ada', { group: 'grp_1', category: 'help', level: 'watching' }],
  'assignments.assign': ['agnes', { number: 1501, assignee: 'me' }],
  'assignments.advance': ['agnes', { number: 1500, status: 'doing', day: '2099-01-01' }],
  'moderation.whisper': ['lena', { number: 1501, place: 1, body: 'Between us.' }],
  'moderation.flag': ['alice', { post: 'pst_700', kind: 'spam' }, { id: 'usr_5' }],
  'moderation.claim': ['agnes', { post: 'pst_3', version: 0 }],
  'moderation.decide': ['agnes', { post: 'pst_6', version: 0, decision: 'agree' }],
  'moderation.decide-many': ['agnes', { entries: ['pst_9 0', 'pst_12 0'], decision: 'disagree' }],
  'suspended.decide': ['agnes', { entries: ['tkt_s20 0', 'tkt_s21 0'], decision: 'trust' }],
  'suspended.trust-sender': ['ada', { pattern: 'partner.example' }],
  'suspended.distrust-sender': ['ada', { id: 'tru_1' }],
  'newcomers.claim': ['mara', { person: 'usr_20', version: 0 }],
  'newcomers.decide': ['ada', { entries: ['usr_22 0', 'usr_24 0'], decision: 'reject' }],
  'moderation.merge': ['agnes', { number: 1600, into: 1601 }],
  'moderation.split': ['agnes', { number: 999, posts: ['pst_long_3'], title: 'Another thing' }],
  'screening.decide': ['agnes', { held: ['hld_30', 'hld_33', 'hld_36'], decision: 'approve' }],
  'screening.keep-rules': ['ada', { firstPosts: 1, twins: 'on', bursts: 'on' }],
  'screening.add-word': ['ada', { pattern: 'pill*', follows: 'hold' }],
  'screening.remove-word': ['ada', { id: 'wrd_1' }],
  'screening.add-screen': ['ada', { kind: 'site', pattern: 'spam.example', follows: 'hold', days: 7 }],
  'screening.remove-screen': ['ada', { id: 'scr_1' }],
  'trust.keep-rights': ['ada', { 'links-10': 2 }],
  'trust.set': ['agnes', { handle: 'p50', level: '2' }],
  'moderation.slow': ['agnes', { number: 1501, minutes: 5 }],
  'moderation.set-problem': ['agnes', { number: 1502, state: 'known' }],
  'moderation.restrict': ['agnes', { number: 1501, votesFrozen: 'yes' }],
  'moderation.set-timer': ['agnes', { number: 1501, kind: 'close', days: 3 }],
  'sanctions.warn': ['agnes', { person: 'p64', code: 'spam', words: 'Stop it.' }],
  'sanctions.silence': ['agnes', { person: 'p65', code: 'spam', words: 'Stop it.', days: '3' }],
  'sanctions.suspend': ['ada', { person: 'p66', code: 'spam', words: 'Stop it.', days: '3' }],
  'sanctions.lift': ['ada', { sanction: 'san_67' }],
  'sanctions.delete-spammer': ['ada', { person: 'bob', posts: 0 }, FRESHLY],
  'sanctions.appeal': ['alice', { statement: 'sor_50', words: 'It was meant well.' }, { id: 'usr_50' }],
  'sanctions.decide-appeal': ['ada', { appeal: 'apl_69', decision: 'overturn', words: 'You are right.' }],
  'following.ignore': ['alice', { person: 'p50', level: 'ignored' }],
  'categories.keep': ['ada', { name: 'New', slug: 'new-one', see: 'account:Company 5, group:Group 1, csm:cleo' }],
  'ideas.open': ['alice', { title: 'An idea', body: 'More of it.' }],
  'ideas.vote': ['alice', { number: 1, isFor: true }],
  'accounts.open': ['cleo', { name: 'New Company' }],
  'accounts.change': ['cleo', { id: 'acc_10', arr: 5 }],
  'roles.make': ['ada', { name: 'Moderator of help', base: 'moderator', permissions: ['forum.moderate'], categories: ['cat_help'] }, FRESHLY],
  'roles.change': ['ada', { id: 'rol_1', name: 'Payer', base: 'light_agent', permissions: ['tickets.see'] }, FRESHLY],
  'roles.remove': ['ada', { id: 'rol_2' }, FRESHLY],
  'people.change': ['ada', { person: 'usr_50', account: 'acc_11' }],
  'people.change-role': ['ada', { person: 'usr_50', role: 'rol_1' }, FRESHLY],
  'people.suspend': ['ada', { person: 'usr_51', suspended: true }],
  'members.ask-to-join': ['alice', { account: 'acc_10' }, { id: 'usr_60' }],
  'members.answer': ['cleo', { account: 'acc_10', person: 'usr_62', approve: 'yes', url: 'http://stoa.test' }],
  'members.add': ['cleo', { account: 'acc_10', person: 'usr_63' }],
  'members.set-role': ['cleo', { account: 'acc_10', person: 'usr_52', role: 'admin' }],
  'members.remove': ['cleo', { account: 'acc_10', person: 'usr_53' }],
  'members.switch': ['alice', { account: 'acc_11' }, { id: 'usr_54' }],
  'invitations.send': ['carol', { email: 'new@example.net', account: 'acc_10', url: 'http://stoa.test' }, { accountId: 'acc_10' }],
  'invitations.send-many': ['cleo', { csv: 'email\nanother@example.net', url: 'http://stoa.test' }],
  'invitations.resend': ['ada', { id: 'inv_1', url: 'http://stoa.test' }],
  'invitations.revoke': ['ada', { id: 'inv_2' }],
  'invitations.accept': ['visitor', { key: 'key 3', name: 'New', password: 'long enough words', again: 'long enough words', https: false }],
  'invitations.join': ['visitor', { key: 'key 4', https: false }],
  'people.claim-workspace': ['visitor', { name: 'Owner', email: 'owner@example.net', password: 'long enough words', again: 'long enough words', key: new URLSearchParams(setupLink(SECRET).split('?')[1]).get('key'), https: false }],
  'looks.start': ['cleo', { handle: 'p50', reason: 'They asked me to.', session: 'secret' }],
  'looks.stop': ['alice', { session: 'secret' }, { viewedBy: 'usr_cleo' }],
  'people.make-token': ['alice', { name: 'mine', scope: 'read' }, { provedAt: Number.POSITIVE_INFINITY }],
  'people.revoke-token': ['alice', { id: 'tok_1' }, { id: 'usr_1' }],
  'privacy.ask-for-copy': ['alice', {}, { id: 'usr_50', provedAt: Number.POSITIVE_INFINITY }],
  'privacy.erase': ['ada', { handle: 'p59', email: 'p59@example.net', words: 'go' }, { provedAt: Number.POSITIVE_INFINITY }],
  'privacy.give-consent': ['alice', { consent: 'yes', locale: 'en' }, { id: 'usr_50' }],
  'search.save': ['alice', { name: 'Mine', q: 'refund #help' }],
  'search.remove': ['alice', { name: 'Mine' }],
  'drafts.save': ['alice', { number: 1500, body: 'So f', draft: 0 }],
  'drafts.discard': ['alice', { number: 1500 }],
  'drafts.save-answer': ['agnes', { number: 1500, body: 'So f', draft: 0 }],
  'drafts.discard-answer': ['agnes', { number: 1500 }],
  'macros.keep': ['agnes', { id: 'mac_50', name: 'Ask', en: 'Tell us, {{requester.name}}.', stay: [] }],
  'macros.remove': ['ada', { id: 'mac_51' }],
  'mail.keep-template': ['ada', { event: 'code', locale: 'en', subject: 'Code', text: 'Here it is.' }],
  'mail.reset-template': ['ada', { event: 'code', locale: 'en' }],
  'tickets.send': ['agnes', { number: 1550, id: 'msg_held_550' }],
  'tickets.undo': ['agnes', { number: 1600, id: 'msg_held_600' }],
  'tickets.set-reopening': ['ada', { days: 10 }],
  'tickets.set-undo': ['ada', { reply: 10, note: 5 }],
  'tickets.snooze': ['agnes', { number: 1501, until: 'reply' }],
  'tickets.wake': ['agnes', { number: 1700 }],
  'tickets.copy': ['agnes', { number: 1500, email: 'new.one@example.net' }],
  'tickets.uncopy': ['agnes', { number: 1500, person: 'usr_5' }],
  'tickets.watch': ['agnes', { number: 1500, watching: true }],
  'posts.edit': ['alice', { post: 'pst_500', title: 'Another title', tags: 'rare', body: '> [p50](/forum/topics/1500/x?post=1):\n>\n> Words.' }, { id: 'usr_50' }],
  'posts.hide-version': ['mara', { post: 'pst_500', version: 1, hidden: 'yes', reason: 'An address.' }],
  'posts.remove': ['mara', { post: 'pst_501', reason: 'Rude.' }],
  'posts.restore': ['mara', { post: 'pst_501', reason: 'Not so rude.' }],
  'posts.vote': ['alice', { post: 'pst_502', value: 'up' }],
  'forum.reply': ['alice', { number: 1500, body: 'So.' }],
  'forum.accept': ['agnes', { number: 999, post: 'pst_long_2' }],
  'kb.vote': ['visitor', { locale: 'en', category: 'cat-1', slug: 'article-50', helpful: 'yes', browser: 'b' }],
  'people.ask-for-proof': ['visitor', { drawn: 1, form: FORM, stamp: stampOf(SECRET, FORM, { bits: 14, since: Date.UTC(2026, 0, 5, 9) }), email: 'new@example.net', url: 'https://help.example' }],
  'people.try-proof': ['visitor', { drawn: 1, email: 'new@example.net', code: '123456' }],
  'people.change-preferences': ['alice', { name: 'Alice', locale: 'en', timeZone: 'UTC' }],
  'people.sign-in': ['visitor', { email: 'p50@example.net', password: 'wrong', network: 'n', https: false }],
  'people.sign-out': ['alice', { session: 'x' }],
  'people.sign-up': ['visitor', { name: 'New', email: 'p50@example.net', password: 'long enough words', ...asker }],
  'people.verify': ['visitor', { key: 'verify key', ...asker }],
  'people.ask-for-reset': ['visitor', { email: 'p50@example.net', ...asker }],
  'people.reset-password': ['visitor', { key: 'reset key', password: 'long enough words', ...asker }],
  'people.ask-for-links': ['visitor', { email: 'p50@example.net', url: asker.url }],
  'people.ask-for-code': ['visitor', { email: 'p50@example.net', ...asker }],
  'people.enter-by-code': ['visitor', { address: 'p52@example.net', code: '123456', ...asker }],
  'people.enter-by-link': ['visitor', { key: 'code key', ...asker }],
  'sso.add-provider': ['ada', { ...provider, slug: 'new' }, FRESHLY],
  'sso.change-provider': ['ada', { ...provider, clientSecret: 'new' }, FRESHLY],
  'sso.switch-provider': ['ada', { slug: 'okta' }, FRESHLY],
  'sso.set-up-host-app': ['ada', { isOn: 'on' }, FRESHLY],
  'sso.make-secret': ['ada', {}, FRESHLY],
  'sso.end-secret': ['ada', { id: 'key_1' }, FRESHLY],
  'sso.allow-sign-up': ['ada', {}, FRESHLY],
  'sso.enter': ['visitor', { vouched: new Vouched(word), https: false, locale: 'en' }],
  'people.end-session': ['alice', { handle: hashOf('other').slice(0, 24) }, { id: 'usr_55' }],
  'people.end-other-sessions': ['alice', { session: 'secret' }, { id: 'usr_50' }],
  'people.change-password': ['alice', { ...from, password: 'long enough words', again: 'long enough words', session: 'own' }, { ...fresh, id: 'usr_54' }],
  'proofs.second': ['visitor', { ...from, session: 'half', code: 'second code' }],
  'proofs.again': ['alice', { ...from, session: 'whole', code: 'first code' }, { id: 'usr_52' }],
  'proofs.enter-by-both': ['visitor', { ...from, email: 'p50@example.net', password: 'wrong', code: '123456' }],
  'proofs.enter-by-passkey': ['visitor', { ...from, url: 'http://127.0.0.1', challenge: newChallenge(SECRET, toEnter, false).cookie.split(/[=;]/)[1], credential: '{"id":"credential","response":{}}' }],
  'proofs.add-authenticator': ['alice', { ...from, session: 'secret', seal, code: codeAt(seal, 'usr_alice', NOW) }, { ...fresh, id: 'usr_alice' }],
  'proofs.add-passkey': ['alice', { ...from, session: 'secret', url: 'http://127.0.0.1', name: 'Key', credential: '{"id":"credential","response":{}}' }, fresh],
  'proofs.remove-authenticator': ['alice', {}, fresh],
  'proofs.remove-passkey': ['alice', { id: 'pk_50' }, fresh],
  'proofs.renew-recovery-codes': ['alice', {}, { ...fresh, id: 'usr_70' }],
  'proofs.require': ['ada', {}, { provedAt: NOW.getTime() }],
  'health.override': ['cleo', { id: 'acc_10', kind: 'value', points: 40, reason: 'They told me.', until: '2026-01-20' }],
  'health.end-override': ['cleo', { id: 'acc_10' }],
  'health.keep-weights': ['ada', Object.fromEntries([...healthGroups.map((group) => `group-${group}`), ...keys.map((key) => `measure-${key}`)].map((name) => [name, 7]))],
  'surveys.keep-question': ['ada', { scale: 2, hours: 1 }],
  'surveys.rate': ['visitor', { number: 1506, score: 2, comment: 'Fine.' }, { guestOf: 1506 }],
  'joins.merge': ['agnes', { number: 1501, sources: [1505, 1509], share: true }],
  'joins.unmerge': ['agnes', { number: 1499 }],
  'joins.share': ['agnes', { number: 1549, confirmed: true }],
  'joins.split': ['agnes', { number: 1498, messages: ['msg_499'], subject: 'Apart', form: '', confirmed: true }],
  'links.link': ['agnes', { number: 1500, other: 1501, as: 'parent' }],
  'links.unlink': ['agnes', { number: 1500, other: 1501, kind: 'parent' }],
  'links.track': ['agnes', { number: 1500, reference: 'ENG-1', url: 'https://issues.example/1' }],
  'links.untrack': ['agnes', { number: 1500, reference: 'ENG-1' }],
  'incidents.show': ['agnes', { number: 1500, wordsEn: 'Exports stop.' }],
  'incidents.hide': ['agnes', { number: 1005 }],
  'incidents.await-as-guest': ['visitor', { follow: 'incident:inc_8', email: 'g@example.org', url: 'https://help.example', network: '203.0.113.9' }],
  'incidents.confirm-wait': ['visitor', { key: 'guessed' }],
  'incidents.stop-wait': ['visitor', { key: 'guessed' }],
  'incidents.await-fix': ['alice', { follow: 'incident:inc_8' }],
  'links.answer-once': ['agnes', { number: 1508, body: 'Fixed.' }],
  'links.take-back': ['agnes', { number: 1512 }],
  'sides.open': ['agnes', { number: 1500, subject: 'A part', body: 'Can you?', colleagues: ['usr_cleo'], email: 'vendor@example.net', name: 'Vera', url: 'http://stoa.test' }],
  'sides.write': ['agnes', { side: 'sid_500', body: 'Can you?', url: 'http://stoa.test' }],
  'sides.answer': ['visitor', { key: keyOfMember(SECRET, 'sme_500'), body: 'We can.' }],
  'tickets.open-internal': ['agnes', { subject: 'The kitchen', body: 'Is empty.', assignee: 'me', group: 'grp_1' }],
  'tickets.change-requester': ['agnes', { number: 1703, requester: 'handed.on@example.net', name: 'Handed On' }],
  'tickets.open-for': ['agnes', { requester: 'called@example.net', subject: 'They called', body: 'About @agnes.', visibility: 'internal', assignee: 'me', group: 'grp_1' }],
  'tickets.open': ['visitor', { subject: 'Help me', body: 'Please.', email: 'new@example.net' }],
  'tickets.reply': ['agnes', { number: 1500, body: 'Answered.' }],
  'tickets.change': ['agnes', { number: 1500, priority: 'urgent', group: '' }],
  'statuses.keep': ['ada', { id: 'sts_1', category: 'pending', agentEn: 'Parts', customerEn: 'Parts', isActive: true }],
  'deflections.thank': ['alice', { solved: 'topic:1500' }, { id: 'usr_50' }],
  'forms.keep': ['ada', { id: 'frm_2', nameEn: 'Another', isActive: true, isDefault: true }],
  'forms.keep-field': ['ada', { id: 'fld_1', key: 'product', kind: 'choice', labelEn: 'Which product', choices: 'cloud' }],
  'forms.remove-field': ['ada', { id: 'fld_4' }],
  'forms.place': ['ada', { form: 'frm_1', field: 'fld_3', position: 4, isVisible: true }],
  'forms.displace': ['ada', { form: 'frm_1', field: 'fld_2' }],
  'forms.fill': ['agnes', { number: 1500, fields: { product: '', cause: 'bug' } }],
  'groups.keep': ['ada', { id: 'grp_2', name: 'Another name', members: ['usr_agnes', 'usr_cleo'] }],
  'groups.remove': ['ada', { id: 'grp_3' }],
  'groups.set-availability': ['agnes', { away: 'yes', hours: 2 }],
  'views.keep': ['ada', { name: 'Mine', scope: 'group', group: 'grp_1', condition: conditionOf({}) }],
  'views.remove': ['ada', { id: 'pending' }],
  'views.next': ['agnes', { condition: conditionOf({}), sort: 'priority', number: 1500, skip: 'yes' }],
  'bulk.start': ['agnes', { condition: conditionOf({}), ticket: [1500, 1501], status: 'open', assignee: 'me', group: 'grp_1', says: 'mac_50' }],
  'bulk.go-on': ['agnes', { id: 'blk_agnes' }],
  'bulk.revert': ['agnes', { id: 'blk_done' }],
  'tickets.close': ['carol', { number: 1500 }, { accountId: 'acc_10' }],
  'tickets.reopen': ['agnes', { number: 1502 }],
};
