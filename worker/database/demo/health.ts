import { bandOf } from '../../health/colour.ts';
import type { Found } from '../../health/found.ts';
import { computeHealth } from '../../health/jobs.ts';
import { gateOf } from '../../platform/gate.ts';
import { DAY } from '../../platform/time.ts';
import { openDatabase } from '../open.ts';

/** How accounts came to where they are: points a day that they moved, and for how many days somebody looked. Those not named were steady. */
const STORIES: Record<string, { drift: number; days: number }> = {
  acme: { drift: -0.55, days: 125 },
  thess: { drift: -0.9, days: 60 },
  nordic: { drift: 0.3, days: 125 },
  olive: { drift: 0.25, days: 125 },
  lumen: { drift: -0.35, days: 90 },
  bloom: { drift: 0, days: 20 },
};
const STEADY = { drift: 0, days: 125 };

/** Measures that moved; the others were as they are. */
const MOVED = ['touch', 'admins', 'urgent', 'csat', 'active', 'nps'];

/** What the CSM of an account knows better than its measures. */
const BY_HAND = `update account_health set override_kind = 'cap', override_points = 45, override_reason = 'Dora told me on the phone that they compare us with a competitor. The board decides this month.', override_evidence = '/agent/tickets/1',
  override_by = (select csm_id from accounts where id = account_id), override_at = ?, override_until = ? where account_id = (select id from accounts where import_id = 'acme')`;

/** Days of which it is known what they were made of. */
const WHOLE = 35;

const within = (points: number) => Math.min(100, Math.max(0, points));

/** A day of the story, told back from what an account is made of now. */
function past(parts: Record<string, Found>, ago: number, drift: number) {
  const made = Object.entries(parts).flatMap(([key, { points, share }], i) => {
    if (points === undefined || share === undefined) return [];
    const wave = 4 * Math.sin((ago / 7 + i) * 2.1);
    return [[key, [Math.round(within(points - (MOVED.includes(key) ? drift * ago - wave * Math.min(1, ago / 3) : 0)) * 100) / 100, share]] as const];
  });
  return { score: made.reduce((sum, [, [points, share]]) => sum + points * share, 0), parts: Object.fromEntries(made) };
}

/** Looks at the accounts of the demo as the clock does, tells how they came there, and looks again. */
export async function health(url: string, authToken?: string): Promise<void> {
  const db = openDatabase({ url, ...(authToken ? { authToken } : {}), patience: 30_000 });
  const look = () => computeHealth.work({ db, gate: gateOf(db), now: new Date(), secret: '', url: '' });
  await look();
  const { rows } = await db.$client.execute('select h.account_id, h.day, h.coverage, h.parts, h.score, a.import_id from account_health h join accounts a on a.id = h.account_id where h.score is not null');
  const days = rows.flatMap((row) => {
    const { drift, days: known } = STORIES[String(row['import_id'])] ?? STEADY;
    return Array.from({ length: known }, (_, i) => {
      const { score, parts } = past(JSON.parse(String(row['parts'])) as Record<string, Found>, i + 1, drift);
      return [row['account_id'], Number(row['day']) - i - 1, Math.round(score * 1e4) / 1e4, row['coverage'], bandOf(score), i + 1 <= WHOLE ? JSON.stringify(parts) : null];
    });
  });
  const columns = Array.from({ length: 6 }, (_, i) => `value ->> ${i}`).join(', ');
  await db.$client.batch(
    [
      { sql: `insert into account_health_days (account_id, day, score, coverage, colour, parts) select ${columns} from json_each(?) where true on conflict do nothing`, args: [JSON.stringify(days)] },
      { sql: BY_HAND, args: [Date.now(), Date.now() + 30 * DAY] },
      'update account_health set due_at = 0',
    ],
    'write',
  );
  await look();
}
