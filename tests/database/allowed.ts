import type { Sent } from './watched.ts';

interface Exception {
  query: string;
  step: RegExp;
  why: string;
}

/** What may be read whole or sorted, and why that stays small. */
const exceptions: Exception[] = [
  { query: 'health.keep-weights', step: /^SCAN account_health/, why: 'Other weights count for every account: all of them are due, which an admin brings about now and then.' },
  { query: 'health.compute', step: /^SCAN j VIRTUAL TABLE|FOR ORDER BY|DISTINCT/, why: 'A hundred accounts at a time; of each the admins, fifty at most, and who wrote within a month, two thousand words at most, found by indexes.' },
  { query: 'ideas/similarIdeas', step: /^SCAN alike$/, why: 'The thirty closest ideas, found by an index of words.' },
  { query: 'assignments/topicsToLookAfter', step: /^SCAN (g|\(?subquery)/, why: 'One page of each group of one person, found by an index.' },
  { query: 'forum/postsOfTopic', step: /ORDER BY/, why: 'One page of a topic and its answer, each found by an index.' },
  { query: 'spelling/spelled', step: /^SCAN (k|near|best|unknown|holds|\(?subquery)|(GROUP|ORDER) BY/, why: 'The keys of five words, twenty-nine of each, and the few words near them.' },
  { query: 'spelling.gather', step: /^SCAN (e|k|found|spelling_words)/, why: 'Fifty thousand words at most, counted or begun anew; the new words of a hundred texts with their keys.' },
  { query: 'searches.forget', step: /^SCAN (e|old)|GROUP BY/, why: 'Five hundred searches of days, found by their keys.' },
  { query: 'assignments/topicsToLookAfter', step: /ORDER BY/, why: 'What one person and their groups look after and have not done, found by two indexes.' },
  ...['assignments/groupsToChoose'].map((query) => ({ query, step: /groups|ORDER BY/, why: 'A workspace has some dozen groups.' })),
  ...['following/everythingSet', 'following/allDefaults', 'following/defaultToSet', 'following.set-default'].map((query) => ({ query, step: /SCAN (follow_defaults|set_for|\(?subquery)|ORDER BY|DISTINCT/, why: 'A workspace sets two hundred defaults at most.' })),
  ...['following/followOfCategory', 'following/followOfTag', 'following/everythingSet'].map((query) => ({ query, step: /^SCAN me$|ORDER BY/, why: 'One person; and what is set for their groups, found by an index.' })),
  { query: 'advice/notesOfPost', step: /ORDER BY/, why: 'What was told about one post, found by an index.' },
  { query: 'beside/besideTicket', step: /^SCAN (mine|wanted|c|found)\b/, why: 'One ticket, and a dozen of each kind that were found for it.' },
  { query: 'tickets/newsOfTicket', step: /^SCAN counted/, why: 'The messages of one ticket, found by an index and counted.' },
  { query: 'tickets/messagesPage', step: /^(SCAN counted|USE TEMP B-TREE FOR ORDER BY)/, why: 'The messages of one ticket, found by an index and counted: for those who are not shown every one.' },
  { query: 'beside/voicesOfRequester', step: /^SCAN said$/, why: 'Three ideas and three answers of one person.' },
  { query: 'beside.make-findable', step: /^SCAN (macros|tickets_to_find|q)$/, why: 'A workspace has some hundred macros; of the tickets that wait, two hundred are taken.' },
  { query: 'beside.make-findable', step: /^SCAN (due|hit)$/, why: 'Twenty-five tickets that are due, and a dozen candidates of each kind.' },
  ...['attachments.take', 'bulk.go-on'].map((query) => ({ query, step: /^SCAN c VIRTUAL TABLE/, why: 'The files of one macro, ten at most.' })),
  ...['macros/macrosOfGroups', 'macros/namesOfMacrosOfGroups'].map((query) => ({ query, step: /ORDER BY/, why: 'The macros of the groups of one person, found by an index.' })),
  { query: 'joins.unmerge', step: /ORDER BY/, why: 'The merges of one ticket, found by an index.' },
  { query: 'moderation/reasonsInTopic', step: /ORDER BY/, why: 'The hidden posts of one page of a topic, found by an index.' },
  { query: 'following/everybodyIgnored', step: /ORDER BY/, why: 'The people whom one person ignores, found by an index.' },
  { query: 'surveys/ratingsPage', step: /ORDER BY/, why: 'The ratings that one person gave, and those of the one ticket that a link opens, found by indexes.' },
  { query: 'views/nextTicket', step: /ORDER BY/, why: 'Who is not at the desk finds nothing; who is walks the order of an index.' },
  { query: 'tickets.send', step: /SCAN f VIRTUAL TABLE/, why: 'The files of one answer, ten at most.' },
  { query: 'tickets.send-held', step: /SCAN f VIRTUAL TABLE/, why: 'The files of one answer, ten at most.' },
  { query: 'moderation/reviewOf', step: /DISTINCT/, why: 'The grounds of the flags of one post, found by an index.' },
  { query: 'trust/trustOf', step: /DISTINCT/, why: 'Up to ten topics that one person replied in, found by an index.' },
  { query: 'screening/wordsKept', step: /^SCAN words|ORDER BY/, why: 'The listed words, 500 at most.' },
  { query: 'screening/heldToDecide', step: /ORDER BY/, why: 'What was chosen, fifty at most, found by its ids.' },
  { query: 'screening.decide', step: /ORDER BY/, why: 'What was chosen, fifty at most, found by its ids.' },
  ...['advice/postToAdvise', 'advice.tell', 'forum/categoryToOpenIn', 'forum/topicToAnswer', 'forum/topicToChange', 'posts/postToEdit', 'forum.open', 'forum.reply', 'forum.change', 'posts.edit'].map((query) => ({ query, step: /GROUP BY|SCAN \(?subquery/, why: 'The prints of one text in posts of the last day, 500 at most, found by an index.' })),
  ...['forum/categoryToOpenIn', 'forum/topicToChange', 'posts/postToEdit', 'handovers/ticketToPublish', 'forum.open', 'forum.change', 'posts.edit', 'handovers.publish', 'moderation/topicToSplit', 'moderation.split'].map((query) => ({ query, step: /SCAN (said|known) VIRTUAL TABLE|^SCAN (tag_groups|g)$|(ORDER|GROUP) BY/, why: 'The tags of one topic, eight at most, and the groups of tags of a workspace, fifty at most.' })),
  ...['tags/allTagGroups', 'tags/tagGroupToKeep', 'tags/tagGroupById', 'tags.keep-group', 'tags.remove-group'].map((query) => ({ query, step: /SCAN \(?(tag_groups|groups_of_tags|hidden|subquery)|ORDER BY/, why: 'A workspace has fifty groups of tags at most, and some dozen categories.' })),
  ...['tags/synonymsKept', 'tags/synonymToAdd', 'tags/synonymByWord'].map((query) => ({ query, step: /SCAN tag_synonyms|ORDER BY/, why: 'A workspace has a thousand synonyms at most.' })),
  { query: 'tags.add-synonym', step: /^SCAN (tag_synonyms|tag_groups)|(ORDER|GROUP) BY/, why: 'A thousand synonyms and fifty groups of fifty tags at most.' },
  { query: 'tags.remove-synonym', step: /ORDER BY|SCAN tag_synonyms/, why: 'The tags of one topic or ticket, in their order.' },
  ...['tickets/ticketToOpen', 'tickets.open'].map((query) => ({ query, step: /^SCAN who$/, why: 'Who sends it: one.' })),
  ...['suspended/listToTrust', 'suspended.trust-sender', 'suspended/suspendedToDecide', 'suspended.decide'].map((query) => ({ query, step: /^SCAN trusted_senders/, why: 'A workspace trusts a thousand senders at most.' })),
  { query: 'trust.review', step: /DISTINCT/, why: 'What one person did within a hundred days, found by an index.' },
  { query: 'posts/speakersNamed', step: /DISTINCT/, why: 'Who wrote the last 200 posts of a topic, found by an index.' },
  { query: 'mail/chosenTemplates', step: /mail_templates|ORDER BY/, why: 'A workspace has words for some dozen letters.' },
  { query: 'search.weigh', step: /^SCAN search_to_weigh$/, why: 'The first of the topics and people that wait.' },
  { query: 'tags.find-by-tags', step: /^SCAN (tag_synonyms|search_due|w)$/, why: 'A thousand synonyms at most, and the first forty topics of those that wait.' },
  { query: 'mail.send', step: /^SCAN mail_templates/, why: 'A workspace has words for some dozen letters.' },
  { query: 'tickets/ticketsAsked', step: /ORDER BY/, why: 'The tickets that one person is copied on, found by an index.' },
  { query: 'moderation/timersOfTopic', step: /ORDER BY/, why: 'A topic has five timers at most.' },
  { query: 'sanctions/spammerToDelete', step: /DISTINCT/, why: 'Where the sessions of one person came from, found by an index.' },
  { query: 'sanctions.delete-spammer', step: /DISTINCT/, why: 'Where the sessions of one person came from, found by an index.' },
  { query: 'sanctions.lift', step: /^SCAN e VIRTUAL TABLE/, why: 'What one sanction took, by id.' },
  { query: 'sanctions.decide-appeal', step: /^SCAN e VIRTUAL TABLE/, why: 'What one sanction took, by id.' },
  { query: 'sanctions.tidy', step: /^SCAN users USING INDEX users_suspended$/, why: 'Those who are suspended, in an index of them alone.' },
  { query: 'sanctions/logByMonth', step: /GROUP BY/, why: 'A year of the public log, found by an index that holds all it counts.' },
  { query: 'sanctions/appealsToDecide', step: /ORDER BY/, why: 'Who does not decide finds nothing; who does reads them in the order of an index.' },
  { query: 'sanctions/appealsDone', step: /ORDER BY/, why: 'Who does not decide finds nothing; who does reads them in the order of an index.' },
  { query: 'categories/categoriesKept', step: /categories|ORDER BY/, why: 'A community has some dozen categories.' },
  { query: 'proof', step: /^SCAN categories$/, why: 'A community has some dozen categories.' },
  { query: 'forum/allCategories', step: /categories|ORDER BY/, why: 'A community has some dozen categories.' },
  { query: 'kb/kbCategories', step: /kb_categories|ORDER BY/, why: 'A help centre has some dozen categories.' },
  { query: 'tickets/colleagues', step: /ORDER BY/, why: 'Staff, not customers: some hundred at most.' },
  { query: 'accounts/renewingWithin', step: /GROUP BY/, why: 'A sum by currency of what renews in a quarter, found by an index.' },
  { query: 'accounts/bookOfBusiness', step: /^USE TEMP B-TREE FOR ORDER BY$/, why: 'Accounts whose names begin as typed, found by an index of words, then sorted.' },
  { query: 'people/peopleFound', step: /^USE TEMP B-TREE FOR ORDER BY$/, why: 'What begins as typed, found by three indexes, some hundred each at most, then sorted.' },
  { query: 'roles/allRoles', step: /^SCAN roles/, why: 'A workspace has some dozen custom roles.' },
  { query: 'statuses/allStatuses', step: /SCAN ticket_statuses|ORDER BY/, why: 'A workspace has some dozen statuses in own words.' },
  { query: 'tickets/ticketAtDesk', step: /SCAN (ticket_statuses|s|macros)\b/, why: 'A workspace has some dozen statuses in own words; of macros the first is enough.' },
  { query: 'incidents/knownProblems', step: /SCAN known_(incidents|topics)/, why: 'Fifty of each at most, that an index has found.' },
  { query: 'forms/allForms', step: /SCAN (ticket_)?forms|ORDER BY/, why: 'A workspace has some dozen forms.' },
  { query: 'forms/allFields', step: /SCAN ticket_fields|ORDER BY/, why: 'A workspace has some dozen questions.' },
  { query: 'privacy.erase', step: /SCAN q$/, why: 'A workspace has some dozen questions.' },
  { query: 'forms/formOfTicket', step: /SCAN f\b|ORDER BY|^SCAN c VIRTUAL TABLE/, why: 'A workspace has some dozen forms, and a question some dozen choices.' },
  { query: 'groups/allGroups', step: /SCAN (groups|person|\(subquery)|ORDER BY/, why: 'A workspace has some dozen groups of some dozen agents.' },
  { query: 'groups.remove', step: /^SCAN roles/, why: 'A workspace has some dozen custom roles.' },
  { query: 'groups/groupToRemove', step: /^SCAN roles/, why: 'A workspace has some dozen custom roles.' },
  { query: 'views/myViews', step: /ORDER BY/, why: 'The views of one person, found by indexes, a hundred at most.' },
  { query: 'bulk/selectionCounted', step: /SCAN chosen|ORDER BY/, why: 'The tickets that were chosen, ten thousand at most.' },
  { query: 'bulk/selectionSample', step: /ORDER BY/, why: 'The tickets that were chosen one by one, a page of them.' },
  { query: 'bulk/bulkToStart', step: /ORDER BY/, why: 'The tickets that were chosen, ten thousand at most.' },
  { query: 'bulk.start', step: /ORDER BY/, why: 'The tickets that were chosen, ten thousand at most.' },
  { query: 'joins/mergeOfTicket', step: /^SCAN o$/, why: 'The merges into one ticket, found by an index, then told as JSON.' },
  { query: 'joins.share', step: /^SCAN o$/, why: 'The merges into one ticket, found by an index, then told as JSON.' },
  { query: 'joins.unmerge', step: /^SCAN (o|under)$/, why: 'The merges into one ticket and the tickets that are part of it, found by an index.' },
  { query: 'joins.merge', step: /ORDER BY/, why: 'The messages of at most fifty tickets, found by an index, in the order of time.' },
  { query: 'links/followUpsOf', step: /^(SCAN (parts|followed)|USE TEMP B-TREE FOR ORDER BY)$/, why: 'What one ticket goes on from and in, found by an index.' },
  { query: 'links/linksOfTicket', step: /^SCAN parts$/, why: 'A ticket and those that are part of it.' },
  { query: 'joins/ticketToSplit', step: /^SCAN m$/, why: 'The chosen messages, two hundred at most, found by an index, then told as JSON.' },
  { query: 'joins.split', step: /^SCAN m$/, why: 'The chosen messages, two hundred at most, found by an index, then told as JSON.' },
  { query: 'links/linksOfTicket', step: /^SCAN (outward|inward)$/, why: 'The links of one ticket, found by an index.' },
  ...['incidents/ticketToShow', 'incidents/incidentOfTicket', 'incidents.show', 'incidents.hide'].map((query) => ({ query, step: /ORDER BY|DISTINCT/, why: 'What is told of one ticket and its parts, found by an index.' })),
  { query: 'links/problemToAnswer', step: /^SCAN i$|DISTINCT|ORDER BY/, why: 'The incidents of one problem, found by an index.' },
  { query: 'links/answersOnTheirWay', step: /GROUP BY/, why: 'What is held of one answer to a hundred incidents at most, found by an index.' },
  { query: 'links.answer-once', step: /^SCAN i$|DISTINCT|ORDER BY/, why: 'The incidents of one problem, found by an index.' },
  { query: 'sides/sidesOfTicket', step: /ORDER BY/, why: 'The side conversations of one ticket and those that are part of it, found by an index.' },
  { query: 'sides/sideMessagesOfTicket', step: /ORDER BY/, why: 'What was said beside one ticket, found by an index.' },
  { query: 'sides/saidInSides', step: /ORDER BY/, why: 'What was said beside one ticket, found by an index.' },
  { query: 'sides/sideMembersOfTicket', step: /ORDER BY/, why: 'Who takes part beside one ticket, found by an index.' },
  { query: 'history/historyPage', step: /ORDER BY/, why: 'The log of one ticket and of those that are part of it, found by an index.' },
  { query: 'handovers/handoversOfTicket', step: /ORDER BY/, why: 'The topics that one ticket came from or became, found by an index.' },
  { query: 'tickets/ticketsPage', step: /ORDER BY/, why: 'The tickets of one customer or one account, found by an index, then sorted.' },
  { query: 'people.claim-workspace', step: /^SCAN (votes|topics|reviews)$/, why: 'Once in the life of a workspace, while nobody runs it: SQLite looks for what refers to the person.' },
  { query: 'following/unreadTopics', step: /(ORDER|GROUP) BY|SCAN (places|me|d|wanted|near|\(?subquery)/, why: 'What one person follows, and what two weeks brought to the places that they do, found by indexes, then sorted.' },
  { query: 'outbox.deliver', step: /SCAN (categories( USING .*)?|f|places|near|said|e VIRTUAL TABLE INDEX 1:)$|FOR DISTINCT|(ORDER|GROUP) BY/, why: 'A community has some dozen categories, a topic nine places at most; who watches one of them is found by an index. The events of one delivery, a hundred at most.' },
  { query: 'kb/firstArticles', step: /kb_categories|shelf|ORDER BY/, why: 'The first articles of one page of categories, each found by an index.' },
  { query: 'people/mySessions', step: /ORDER BY/, why: 'The sessions of one person, found by an index.' },
  { query: 'invitations/expiredInvitations', step: /ORDER BY/, why: 'The invitations of one account that ran out, found by an index.' },
  { query: 'moderation.claim', step: /DISTINCT/, why: 'The kinds of reports about one post, found by an index.' },
  { query: 'moderation.decide', step: /DISTINCT/, why: 'The kinds of reports about one post, found by an index.' },
  ...['moderation/reviewsToDecide', 'moderation.decide-many'].map((query) => ({ query, step: /DISTINCT|^SCAN e VIRTUAL TABLE/, why: 'The kinds of reports about each of fifty posts at most, found by an index; and what one sanction took, by id.' })),
  ...['newcomers/newcomersToDecide', 'newcomers.decide'].map((query) => ({ query, step: /DISTINCT/, why: 'Where the sessions of each of fifty people at most came from, found by an index.' })),
  { query: 'moderation.flag', step: /ORDER BY|DISTINCT|GROUP BY/, why: 'The reports about one post, found by an index.' },
  { query: 'moderation.split', step: /DISTINCT/, why: 'Who wrote the posts that are taken out, a page of them at most.' },
  ...['categories/categoryToKeep', 'categories.keep'].map((query) => ({ query, step: /^SCAN groups$/, why: 'A workspace has a handful of groups.' })),
  { query: 'people/myTokens', step: /ORDER BY/, why: 'The tokens of one person, found by an index.' },
  { query: 'sso/providersOnOffer', step: /sign_in_providers|ORDER BY/, why: 'A workspace has a handful of providers.' },
  { query: 'sso/allProviders', step: /sign_in_providers|ORDER BY/, why: 'A workspace has a handful of providers.' },
  { query: 'privacy/partOf', step: /ORDER BY/, why: 'What is few of one person (votes, sessions, tokens, consents), found by an index.' },
  { query: 'privacy/myConsents', step: /ORDER BY/, why: 'The wordings that one person agreed to, found by an index.' },
  { query: 'search/similarTo', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'The same as search.' },
  { query: 'rankings/hotTopics', step: /SCAN (active|weighed|ranked)|USE TEMP/, why: 'The 500 topics with the newest words, found by an index, then weighed and sorted.' },
  { query: 'rankings/topTopics', step: /SCAN (d|best|ranked)\b|USE TEMP/, why: 'The best 50 of each of at most 31 days, found by an index, then sorted.' },
  { query: 'search/nearTo', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'The newest ten thousand vectors of one model, found by an index that holds their signs, are compared; two hundred of them closely.' },
  { query: 'search/suggestedFor', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'The same as search.' },
  { query: 'search/counting', step: /^SCAN (?!search_documents|articles|topics|posts)/, why: 'Each word is counted in an index of words, up to a cap.' },
  ...['finding/ticketsFound', 'finding/isCut'].map((query) => ({ query, step: /^SCAN (asking|hits|best|json_each|\(?subquery)|USE TEMP B-TREE FOR (GROUP|ORDER) BY/, why: 'Full text: the newest thousand tickets that an index of words found, three times at most, then those of them that are seen, sorted.' })),
  { query: 'search/searched', step: /^(SCAN (?!search_documents|articles|topics|posts)|USE TEMP)/, why: 'Full text: only what an index of words found is counted, up to a cap, and ranked.' },
];

/** Whether this step of a plan is one that we know and can explain. */
export function allowed(query: string, step: string, { sql, rowsRead }: Sent): boolean {
  const endsSomewhere = /^SCAN \w+ USING (COVERING )?INDEX/.test(step) && / limit \?/i.test(sql);
  // Sorting nothing counts as one.
  const neverReads = rowsRead <= 1 && / where (0|false)\b/.test(sql);
  // Which of some dozen categories the viewer does not see is asked once for a query; and what a category is part of is few.
  const isOfCategories = /^SCAN (closed|hidden|up|place)\b/.test(step);
  // One page that was merged from an index range of each of some categories, at its end in its order.
  const isMerged = /\bqueue ?\(place, day/.test(sql) && /^(SCAN queue\b|USE TEMP B-TREE FOR ORDER BY)/.test(step);
  // Every post is held against all listed words and screens: 500 of each at most.
  const isOfLists = /^SCAN (word_rules|screens)\b/.test(step);
  return isOfCategories || isMerged || isOfLists || endsSomewhere || neverReads || exceptions.some((one) => one.query === query && one.step.test(step));
}

/** Rows that comparing the newest ten thousand vectors reads: each, its document, and where that stands. */
const COMPARED = 125_000;

/** Rows that three lists of the newest thousand tickets read, once more each ticket that is among them, and whose they are. */
const FOUND = 8_000;

/** How many rows a query may read where there are 50,000 of everything, given what it reads at 2,000: a page, not a table. */
export const ceiling = (query: string, few: number) => (query === 'search/nearTo' ? COMPARED : query.startsWith('finding/') ? FOUND : query.startsWith('search/') ? 15_000 : 2_000 + few);
