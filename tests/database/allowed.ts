import type { Sent } from './watched.ts';

interface Exception {
  query: string;
  step: RegExp;
  why: string;
}

/** What may be read whole or sorted, and why that stays small. */
const exceptions: Exception[] = [
  { query: 'moderation/reasonsInTopic', step: /ORDER BY/, why: 'The hidden posts of one page of a topic, found by an index.' },
  { query: 'moderation/reviewOf', step: /DISTINCT/, why: 'The grounds of the flags of one post, found by an index.' },
  { query: 'categories/categoriesKept', step: /categories|ORDER BY/, why: 'A community has some dozen categories.' },
  { query: 'forum/allCategories', step: /categories|ORDER BY/, why: 'A community has some dozen categories.' },
  { query: 'kb/kbCategories', step: /kb_categories|ORDER BY/, why: 'A help centre has some dozen categories.' },
  { query: 'tickets/colleagues', step: /ORDER BY/, why: 'Staff, not customers: some hundred at most.' },
  { query: 'accounts/renewingWithin', step: /GROUP BY/, why: 'A sum by currency of what renews in a quarter, found by an index.' },
  { query: 'people/peopleFound', step: /^USE TEMP B-TREE FOR ORDER BY$/, why: 'What begins as typed, found by three indexes, some hundred each at most, then sorted.' },
  { query: 'roles/allRoles', step: /^SCAN roles/, why: 'A workspace has some dozen custom roles.' },
  { query: 'joins/mergeOfTicket', step: /^SCAN o$/, why: 'The merges into one ticket, found by an index, then told as JSON.' },
  { query: 'joins.share', step: /^SCAN o$/, why: 'The merges into one ticket, found by an index, then told as JSON.' },
  { query: 'joins.unmerge', step: /^SCAN (o|under)$/, why: 'The merges into one ticket and the tickets that are part of it, found by an index.' },
  { query: 'joins.merge', step: /ORDER BY/, why: 'The messages of at most fifty tickets, found by an index, in the order of time.' },
  { query: 'joins/ticketToSplit', step: /^SCAN m$/, why: 'The chosen messages, two hundred at most, found by an index, then told as JSON.' },
  { query: 'joins.split', step: /^SCAN m$/, why: 'The chosen messages, two hundred at most, found by an index, then told as JSON.' },
  { query: 'joins/lately', step: /^SCAN (own|of_account)$/, why: 'Thirty tickets each, found by an index.' },
  { query: 'links/linksOfTicket', step: /^SCAN (outward|inward)$/, why: 'The links of one ticket, found by an index.' },
  { query: 'links/problemToAnswer', step: /^SCAN i$|DISTINCT|ORDER BY/, why: 'The incidents of one problem, found by an index.' },
  { query: 'links.answer-once', step: /^SCAN i$|DISTINCT|ORDER BY/, why: 'The incidents of one problem, found by an index.' },
  { query: 'sides/sidesOfTicket', step: /ORDER BY/, why: 'The side conversations of one ticket and those that are part of it, found by an index.' },
  { query: 'sides/sideMessagesOfTicket', step: /ORDER BY/, why: 'What was said beside one ticket, found by an index.' },
  { query: 'sides/sideMembersOfTicket', step: /ORDER BY/, why: 'Who takes part beside one ticket, found by an index.' },
  { query: 'history/historyPage', step: /ORDER BY/, why: 'The log of one ticket and of those that are part of it, found by an index.' },
  { query: 'handovers/handoversOfTicket', step: /ORDER BY/, why: 'The topics that one ticket came from or became, found by an index.' },
  { query: 'tickets/ticketsPage', step: /ORDER BY/, why: 'The tickets of one customer or one account, found by an index, then sorted.' },
  { query: 'people.claim-workspace', step: /^SCAN (votes|topics|reviews)$/, why: 'Once in the life of a workspace, while nobody runs it: SQLite looks for what refers to the person.' },
  { query: 'following/unreadTopics', step: /ORDER BY/, why: 'What one person follows, found by an index, then sorted.' },
  { query: 'outbox.deliver', step: /SCAN (categories( USING .*)?|f)$|FOR DISTINCT/, why: 'A community has some dozen categories; who watches one of them, or a tag, is found by an index.' },
  { query: 'kb/firstArticles', step: /kb_categories|shelf|ORDER BY/, why: 'The first articles of one page of categories, each found by an index.' },
  { query: 'people/mySessions', step: /ORDER BY/, why: 'The sessions of one person, found by an index.' },
  { query: 'invitations/expiredInvitations', step: /ORDER BY/, why: 'The invitations of one account that ran out, found by an index.' },
  { query: 'moderation.claim', step: /DISTINCT/, why: 'The kinds of reports about one post, found by an index.' },
  { query: 'moderation.decide', step: /DISTINCT/, why: 'The kinds of reports about one post, found by an index.' },
  { query: 'moderation.flag', step: /ORDER BY|DISTINCT/, why: 'The reports about one post, found by an index.' },
  { query: 'moderation.split', step: /DISTINCT/, why: 'Who wrote the posts that are taken out, a page of them at most.' },
  { query: 'people/myTokens', step: /ORDER BY/, why: 'The tokens of one person, found by an index.' },
  { query: 'sso/providersOnOffer', step: /sign_in_providers|ORDER BY/, why: 'A workspace has a handful of providers.' },
  { query: 'sso/allProviders', step: /sign_in_providers|ORDER BY/, why: 'A workspace has a handful of providers.' },
  { query: 'privacy/partOf', step: /ORDER BY/, why: 'What is few of one person (votes, sessions, tokens, consents), found by an index.' },
  { query: 'privacy/myConsents', step: /ORDER BY/, why: 'The wordings that one person agreed to, found by an index.' },
  { query: 'search/similarTo', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'The same as search.' },
  { query: 'rankings/hotTopics', step: /SCAN (active|weighed|ranked)|USE TEMP/, why: 'The 500 topics with the newest words, found by an index, then weighed and sorted.' },
  { query: 'rankings/topTopics', step: /SCAN (d|best|ranked)\b|USE TEMP/, why: 'The best 50 of each of at most 31 days, found by an index, then sorted.' },
  { query: 'search/searched', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'Full text: only what an index of words found is counted, up to a cap, and ranked.' },
];

/** Whether this step of a plan is one that we know and can explain. */
export function allowed(query: string, step: string, { sql, rowsRead }: Sent): boolean {
  const endsSomewhere = /^SCAN \w+ USING (COVERING )?INDEX/.test(step) && / limit \?/i.test(sql);
  const neverReads = rowsRead === 0 && / where (0|false)\b/.test(sql);
  // Which of some dozen categories the viewer does not see is asked once for a query.
  const isOfCategories = /^SCAN hidden\b/.test(step);
  return isOfCategories || endsSomewhere || neverReads || exceptions.some((one) => one.query === query && one.step.test(step));
}

/** How many rows a query may read where there are 200,000 of everything, given what it reads at 2,000: a page, not a table. */
export const ceiling = (query: string, few: number) => (query.startsWith('search/') ? 15_000 : 2_000 + few);
