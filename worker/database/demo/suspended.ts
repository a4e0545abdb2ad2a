import { HOUR } from '../../platform/time.ts';

interface Statement {
  sql: string;
  args: (string | number)[];
}

/** Of two bursts the last: people of a clinic that all wrote at once, and somebody who sells. */
const waiting = [
  { id: 'tkt_demo_clinic', email: 'frontdesk@harbourdental.test', count: 11, ago: 3, subject: 'Nobody here can sign in since this morning', body: 'All eleven of us see “too many attempts”. I asked everybody to write to you, sorry if that is a lot. We open at nine.' },
  { id: 'tkt_demo_seller', email: 'growth7@linkboost.test', count: 34, ago: 26, subject: 'First page of every search engine in 7 days', body: 'Dear owner, your site deserves more visitors. Reply today for 40 % off our gold package.' },
];

/** Tickets of the demo that wait for somebody to look at them: one to recover, one to remove. */
export const suspended = (now: number): Statement[] =>
  waiting.flatMap(({ id, email, count, ago, subject, body }) => [
    {
      sql: `insert into suspended_tickets (id, number, email, locale, subject, body, priority, causes, created_at)
        select ?, (select last + 1 from ticket_numbers where id = 1), ?, 'en', ?, ?, 'normal', ?, ? where not exists (select 1 from outbox where subject = ?)`,
      args: [id, email, subject, body, JSON.stringify([{ rule: 'burst', detail: email.split('@')[1], count, minutes: 10 }]), now - ago * HOUR, id],
    },
    { sql: `insert into outbox (id, type, subject, revision, data, created_at) select ?, 'ticket.suspended', ?, 1, '{"rules":["burst"],"guest":true}', ? where not exists (select 1 from outbox where subject = ?)`, args: [`evt_${id}`, id, now - ago * HOUR, id] },
  ]);
