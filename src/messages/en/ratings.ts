/** What the points of each question are called, the worst first. */
const SCALES: Record<2 | 5, string[]> = { 2: ['Bad', 'Good'], 5: ['Very bad', 'Bad', 'Neither', 'Good', 'Very good'] };

interface Point {
  score: number;
  scale: 2 | 5;
}

export default {
  title: 'How did it go?',
  lead: (subject: string) => `Your ticket “${subject}” is solved. Your answer reaches the people who worked on it.`,
  score: 'How content are you with the help you got?',
  scores: SCALES,
  reason: 'What was it about?',
  noReason: 'Nothing in particular',
  reasons: { slow: 'It took too long', unsolved: 'It is not solved', unclear: 'The answer was unclear', unfriendly: 'The tone', product: 'The product itself', other: 'Something else' } as Record<string, string>,
  comment: 'A sentence of yours',
  commentHint: 'What was good, or what you missed. You need not write anything.',
  send: 'Send rating',
  change: 'Change rating',
  back: 'Back to the ticket',
  notYet: 'You can rate a ticket once it is solved.',
  byOther: 'Who asked this ticket before you has said how it went. Each solution is rated once.',
  instead: 'Is something still missing? Write it in the ticket, and it is open again.',
  write: 'Write in the ticket',
  given: ({ score, scale }: Point) => (scale === 2 ? `You rated it: ${SCALES[2][score - 1]!.toLowerCase()}.` : `You rated it ${score} of 5: ${SCALES[5][score - 1]!.toLowerCase()}.`),
  thanks: 'Thank you.',
  changeable: 'You can change it for a week.',
  ofCustomer: ({ score, scale }: Point) => (scale === 2 ? `Rated: ${SCALES[2][score - 1]!.toLowerCase()}` : `Rated ${score} of 5: ${SCALES[5][score - 1]!.toLowerCase()}`),
  earlier: 'when it was solved before',

  report: 'Satisfaction',
  reportLead: 'What customers answered when their ticket was solved.',
  content: 'Content',
  range: 'Likely range',
  interval: (low: string, high: string) => `between ${low} and ${high}, with 95% confidence`,
  few: 'few answers',
  answers: 'Answers',
  rate: 'Answered of those asked by mail',
  byMonth: 'Month by month',
  month: 'Month',
  byAgent: 'By agent, last three months',
  agent: 'Agent',
  nobody: 'Nobody',
  latest: 'Latest ratings',
  older: 'Older ratings',
  empty: 'No ticket has been rated yet. Customers are asked by mail some time after theirs is solved, and can answer on the ticket at once.',
  scale: { 2: 'Good or bad', 5: 'Five points' } as Record<2 | 5, string>,
  ofScale: { 2: 'of good or bad', 5: 'of five points' } as Record<2 | 5, string>,
  countsAs: { 2: '“good” counts', 5: '4 and 5 count' } as Record<2 | 5, string>,

  admin: 'Rating of tickets',
  adminLead: 'Who asked is asked how it went when their ticket is solved: on the ticket at once, and once by mail.',
  points: 'Answers to choose from',
  pointsHint: 'Whoever was asked by mail answers as they were asked. Reports show answers of each kind apart.',
  scaleOf: { 2: 'Two: good or bad', 5: 'Five: from very bad to very good' } as Record<2 | 5, string>,
  hours: 'Hours from solving to the mail',
  hoursHint: 'From 0 to 336, which is 14 days.',
};
