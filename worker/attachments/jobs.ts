import { job } from '../platform/job.ts';

const DAY = 86_400_000;
/** Files of one run. */
const MOST = 200;

const LOOSE = 'post_id is null and message_id is null and held_id is null and macro_id is null';

/** Where the bytes of those of these rows lie that no other row has. */
const ALONE = `select distinct coalesce(f.bytes_of, f.id) as key from attachments f where f.id in (select value from json_each(?1))
  and not exists (select 1 from attachments o where o.id = coalesce(f.bytes_of, f.id) and o.id not in (select value from json_each(?1)))
  and not exists (select 1 from attachments o where o.bytes_of = coalesce(f.bytes_of, f.id) and o.id not in (select value from json_each(?1)))`;

/** Files that were never attached within a day, and those whose message is gone, go with their bytes: first nobody can attach them any more, then the bytes go, then the rows. */
export const sweepFiles = job('attachments.sweep', async ({ db, gate, now, files }) => {
  const { rows } = await db.$client.execute({ sql: `select id from attachments where ${LOOSE} and (attached_at is not null or created_at < ?) limit ?`, args: [now.getTime() - DAY, MOST] });
  if (rows.length === 0 || !files) return 0;
  const list = JSON.stringify(rows.map(({ id }) => id));
  const these = `id in (select value from json_each(?)) and ${LOOSE}`;
  const [marked] = await gate.commit([{ sql: `update attachments set attached_at = coalesce(attached_at, created_at), owner_id = null where ${these} returning id`, args: [list] }]);
  const gone = marked!.map(({ id }) => id as string);
  const { rows: alone } = await db.$client.execute({ sql: ALONE, args: [JSON.stringify(gone)] });
  await files.remove(alone.map(({ key }) => key as string));
  await gate.commit([{ sql: `delete from attachments where ${these}`, args: [JSON.stringify(gone)] }]);
  return gone.length;
});
