import { expect, test } from 'vitest';
import { computeHealth } from '../../worker/health/jobs.ts';
import { openTicket } from '../../worker/tickets/open.ts';
import { settingOf, stoa } from '../support/stoa.ts';

test('x', async () => {
  const world = await stoa();
  await world.as('alice').run(openTicket, { subject: 'Help me please', body: 'Now', anyway: true } as never);
  console.log(await computeHealth.work(settingOf(world)));
  console.log((await world.db.$client.execute('select * from account_health')).rows, (await world.db.$client.execute('select id, health from accounts')).rows, (await world.db.$client.execute('select * from account_health_days')).rows);
});
