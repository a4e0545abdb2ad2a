const ofNews = ['actor', 'title', 'text'] as const;
const ofTickets = [...ofNews, 'ticket.number', 'ticket.status'] as const;

/** The letters whose words can be changed, and what may be filled into each. Buttons, codes and what stops the mail stay where they are. */
export const events: Record<string, readonly string[]> = {
  verify: ['site'], known: ['site'], unknown: ['site'], reset: ['site'], code: ['site'], proof: ['site'], 'password-changed': ['site'],
  'new-device': ['device', 'when'], invitation: ['account'], 'let-in': ['account'],
  links: ['site'], 'links-none': ['site'], 'links-own': ['site'], rating: ['title', 'ticket.number'], 'rating-again': ['title', 'ticket.number'], side: ['actor', 'name', 'title', 'text'],
  ...Object.fromEntries(['answered', 'asked', 'noted', 'aside', 'received', 'opened', 'handed', 'assigned', 'solved', 'followed', 'copied', 'woken', 'unsent', 'private', 'for_group', 'rated'].map((kind) => [`news.${kind}`, ofTickets])),
  ...Object.fromEntries(['mentioned', 'replied', 'topic', 'accepted', 'hidden', 'editable', 'shown', 'fixed', 'given', 'given_group', 'due', 'advised', 'approved', 'rejected'].map((kind) => [`news.${kind}`, ofNews])),
  digest: ['count', 'list', 'summary'],
};

export const eventNames = Object.keys(events);
