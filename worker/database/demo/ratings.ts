interface Statement {
  sql: string;
  args: (string | number | null)[];
}

/** What customers said of tickets that were solved: the ticket, stars, what was wrong, and their words. */
const given: [ticket: string, score: number, reason: string | null, comment: string][] = [
  ['k-vat', 5, null, 'Two hours, seven invoices. That is how it should be.'],
  ['k-sms', 5, null, 'Kind, and quick.'],
  ['k-color', 4, null, ''],
  ['k-invoice-el', 2, 'slow', 'Περίμενα τρεις μέρες για ένα τιμολόγιο.'],
];

/** Ratings of the demo's solved tickets, an hour after each was solved, and the counts of their months. */
export const ratings = (): Statement[] => [
  ...given.map(([ticket, score, reason, comment]) => ({
    sql: `insert into survey_answers (id, kind, user_id, score, comment, ticket_id, cycle, reason, agent_id, created_at, import_id)
      select 'srv_demo_' || number, 'csat', requester_id, ?, ?, id, solved_at, ?, assignee_id, solved_at + 3600000, 's-' || import_id from tickets where import_id = ? and solved_at is not null on conflict do nothing`,
    args: [score, comment, reason, ticket],
  })),
  ...given.map(([ticket, score, , comment]) => ({
    sql: `insert into feedback (id, source, source_id, number, title, person_id, account_id, text, locale, score, scale, said_at)
      select 'fbk_demo_' || t.number, 'survey', 'srv_demo_' || t.number, t.number, t.subject, t.requester_id, t.account_id, ?, u.locale, ?, 5, t.solved_at + 3600000 from tickets t join users u on u.id = t.requester_id where t.import_id = ? and t.solved_at is not null on conflict do nothing`,
    args: [comment, score, ticket],
  })),
  {
    sql: `insert into rating_months (month, agent_id, score, answers)
      select strftime('%Y-%m', created_at / 1000, 'unixepoch'), coalesce(agent_id, ''), score, count(*) from survey_answers where ticket_id is not null group by 1, 2, 3 on conflict do nothing`,
    args: [],
  },
];
