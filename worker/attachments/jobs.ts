import type { Gate, Row } from '../platform/gate.ts';
import { job, type JobSetting } from '../platform/job.ts';
import type { Scanner } from '../platform/scanner.ts';
import type { Store } from '../platform/store.ts';
import { DAY, MINUTE } from '../platform/time.ts';
import { UNATTACHED } from './schema.ts';
import { noted, type Said } from './verdict.ts';

/** Files of one run. */
const MOST = 200;

/** Where the bytes of those of these rows lie that no other row has. */
const ALONE = `select distinct coalesce(f.bytes_of, f.id) as key from attachments f where f.id in (select value from json_each(?1))
  and not exists (select 1 from attachments o where o.id = coalesce(f.bytes_of, f.id) and o.id not in (select value from json_each(?1)))
  and not exists (select 1 from attachments o where o.bytes_of = coalesce(f.bytes_of, f.id) and o.id not in (select value from json_each(?1)))`;

/** Files that were never attached within a day, and those whose message is gone, go with their bytes: first nobody can attach them any more, then the bytes go, then the rows. */
export const sweepFiles = job('attachments.sweep', async ({ db, gate, now, files }) => {
  const { rows } = await db.$client.execute({ sql: `select id from attachments where ${UNATTACHED} and (attached_at is not null or created_at < ?) limit ?`, args: [now.getTime() - DAY, MOST] });
  if (rows.length === 0 || !files) return 0;
  const list = JSON.stringify(rows.map(({ id }) => id));
  const these = `id in (select value from json_each(?)) and ${UNATTACHED}`;
  const [marked] = await gate.commit([{ sql: `update attachments set attached_at = coalesce(attached_at, created_at), owner_id = null where ${these} returning id`, args: [list] }]);
  const gone = marked!.map(({ id }) => id as string);
  const { rows: alone } = await db.$client.execute({ sql: ALONE, args: [JSON.stringify(gone)] });
  await files.remove(alone.map(({ key }) => key as string));
  await gate.commit([{ sql: `delete from attachments where ${these}`, args: [JSON.stringify(gone)] }]);
  return gone.length;
});

/** Files that a scanner gets side by side, and how many such rounds one run goes. */
const ROUND = 4;
const ROUNDS = 10;
/** Milliseconds after which a file that was taken counts as not looked at: whoever took it died with it. */
const TAKEN = 2 * MINUTE;
/** Milliseconds to wait after each try that brought no verdict. After the last the file is given up, until somebody asks again. */
const WAITS = [MINUTE / 2, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, 2 * 60 * MINUTE, 6 * 60 * MINUTE];

const ofVerdict = (verdict: string) => `select id from attachments where verdict = '${verdict}' and scan_after <= ?1 order by scan_after limit ${ROUND}`;

/** Files whose turn it is: those that wait, and then those that were there before there was a scanner. */
async function taken(gate: Gate, now: Date): Promise<Row[]> {
  for (const verdict of ['waiting', 'unscanned']) {
    const [rows] = await gate.commit([{ sql: `update attachments set scans = scans + 1, scan_after = ?2 where id in (${ofVerdict(verdict)}) returning coalesce(bytes_of, id) key, scans, verdict`, args: [now.getTime(), Date.now() + TAKEN] }]);
    if (rows!.length > 0) return rows!;
  }
  return [];
}

/** What the scanner says of a file; undefined when it says nothing, which is tried again. */
async function saidOf({ key, scans, verdict }: Row, files: Store, scanner: Scanner): Promise<Said | undefined> {
  try {
    const bytes = await files.get(key as string);
    if (!bytes) throw new Error('not in the store');
    return { key: key as string, ...(await scanner.look(bytes)) };
  } catch (error) {
    console.error(JSON.stringify({ scan: key, error: String((error as Error).message) }));
    return Number(scans) > WAITS.length && verdict === 'waiting' ? { key: key as string, verdict: 'failed', finding: null } : undefined;
  }
}

async function scanned(row: Row, { gate, now, happened }: JobSetting, files: Store, scanner: Scanner): Promise<void> {
  const said = await saidOf(row, files, scanner);
  if (!said) {
    const wait = WAITS[Math.min(Number(row['scans']), WAITS.length) - 1]!;
    await gate.commit([{ sql: 'update attachments set scan_after = ?2 where id = ?1 or bytes_of = ?1', args: [row['key'] as string, Date.now() + wait] }]);
    return;
  }
  const [shown] = await gate.commit(noted(said, now));
  await happened?.(shown!.filter(({ topic }) => topic !== null).map(({ topic }) => ({ type: 'post.file_checked', subject: said.key, data: { topic } })));
}

/** Asks the scanner about files, where there is one. What it does not answer is asked again later; where it never does, the file says so. */
export const scanFiles = job('attachments.scan', async (setting) => {
  const { gate, db, now, files, scanner } = setting;
  if (!scanner || !files) return 0;
  const { rows } = await db.$client.execute({ sql: `select 1 from (${ofVerdict('waiting')}) union all select 1 from (${ofVerdict('unscanned')}) limit 1`, args: [now.getTime()] });
  let count = 0;
  for (let round = 0; rows.length > 0 && round < ROUNDS; round++) {
    const some = await taken(gate, now);
    if (some.length === 0) break;
    await Promise.all(some.map((row) => scanned(row, setting, files, scanner)));
    count += some.length;
  }
  return count;
});

/** Where there is no scanner any more, nobody waits for one. */
export const releaseFiles = job('attachments.release', async ({ gate, db, scanner }) => {
  if (scanner) return 0;
  const { rows } = await db.$client.execute("select id from attachments where verdict in ('waiting', 'failed') limit 500");
  if (rows.length > 0) await gate.commit([{ sql: "update attachments set verdict = 'unscanned', scans = 0, scan_after = 0 where id in (select value from json_each(?))", args: [JSON.stringify(rows.map(({ id }) => id))] }]);
  return rows.length;
});
