import type { Database } from '../../worker/database/open.ts';
import { mergeTickets } from '../../worker/joins/merge.ts';
import { unmergeTicket } from '../../worker/joins/unmerge.ts';
import type { Portal } from '../../worker/platform/portal.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { stoa } from '../support/stoa.ts';

/** Opens a ticket as this person; returns its number. */
export const asks = async (portal: Portal, subject = 'The printer burns', body = 'Help.') => (await portal.run(openTicket, { subject, body })).number;

export const merge = (portal: Portal, number: number, into: number, more: object = {}) => portal.run(mergeTickets, { number, into, ...more });
export const unmerge = (portal: Portal, number: number, more: object = {}) => portal.run(unmergeTicket, { number, ...more });

/** Every row of every table but the log, its search index, what waits to be indexed or computed, and what is kept of answers, as texts in a fixed order. */
export async function everything(db: Database): Promise<Record<string, string[]>> {
  const { rows } = await db.$client.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'search_%' and name not in ('outbox', 'once', 'attempts', 'tickets_to_find', 'account_health', 'marks', 'libsql_wasm_func_table')");
  const tables = rows.map((row) => row['name'] as string);
  const found = await db.$client.batch(tables.map((name) => `select * from "${name}"`));
  return Object.fromEntries(tables.map((name, i) => [name, found[i]!.rows.map((row) => JSON.stringify(row)).sort()]));
}

/** A workspace whose tickets can answer two questions, one of them with several answers. */
export async function withForm() {
  const here = await stoa();
  await here.db.$client.batch([
    "insert into ticket_forms (id, name_en, created_at) values ('frm_1', 'Colours', 0)",
    `insert into ticket_fields (id, key, kind, label_en, choices, created_at) values ('fld_1', 'colour', 'text', 'Colour', '[]', 0), ('fld_2', 'parts', 'multi', 'Parts', '[{"value":"web","en":"Web","el":""},{"value":"mail","en":"Mail","el":""},{"value":"phone","en":"Phone","el":""}]', 0)`,
    "insert into form_fields (form_id, field_id, position) values ('frm_1', 'fld_1', 1), ('frm_1', 'fld_2', 2)",
  ]);
  return here;
}
