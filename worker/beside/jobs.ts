import { job } from '../platform/job.ts';
import { macroFindable, ticketFindable } from './schema.ts';

const SOME = 200;

/** Lets tickets and macros be found that came since the last time, however they came. */
export const makeFindable = job('beside.make-findable', async ({ db, gate }) => {
  const [tickets, macros] = await db.$client.batch([
    `select id, number, subject, coalesce((select substr(m.body, 1, 400) from ticket_messages m where m.ticket_id = tickets.id and m.visibility = 'public' order by m.number limit 1), '') as text
      from tickets where number > (select coalesce(max(number), 0) from ticket_words) order by number limit ${SOME}`,
    `select id, name, texts from macros where not exists (select 1 from macro_words w where w.macro_id = macros.id) limit ${SOME}`,
  ]);
  const statements = [
    ...tickets!.rows.flatMap(({ id, number, subject, text }) => ticketFindable({ id: String(id), number: Number(number), subject: String(subject), text: String(text) })),
    ...macros!.rows.flatMap(({ id, name, texts }) => macroFindable({ id: String(id), name: String(name), texts: JSON.parse(String(texts)) as Record<string, string> })),
  ];
  if (statements.length > 0) await gate.commit(statements);
  return tickets!.rows.length + macros!.rows.length;
});
