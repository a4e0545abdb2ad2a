import { expect, test } from 'vitest';
import { auditLog } from '../../worker/audit/queries.ts';
import { distrustSender } from '../../worker/suspended/distrust-sender.ts';
import { trustedSenders } from '../../worker/suspended/queries.ts';
import { trustSender } from '../../worker/suspended/trust-sender.ts';
import { stoa } from '../support/stoa.ts';

test('who keeps the settings trusts addresses and domains, with a note, and takes them off the list; nobody else sees it', async () => {
  const { as } = await stoa();
  const { id } = await as('ada').run(trustSender, { pattern: ' @Partner.Example ', note: 'Our carrier' });
  await as('ada').run(trustSender, { pattern: 'Anna@Other.example' });
  const list = async (who: 'ada' | 'agnes' | 'alice' | 'visitor' = 'ada') => (await as(who).load(trustedSenders()))[0].map(({ pattern, note, addedBy }) => [pattern, note, addedBy]);
  expect(await list()).toEqual([['anna@other.example', '', 'ada'], ['partner.example', 'Our carrier', 'ada']]);
  for (const who of ['agnes', 'alice', 'visitor'] as const) expect(await list(who)).toEqual([]);
  await as('ada').run(distrustSender, { id });
  expect(await list()).toEqual([['anna@other.example', '', 'ada']]);
  const [log] = await as('ada').load(auditLog({ limit: 9 }, { subject: id }));
  expect(log.items.map(({ type, data }) => [type, data])).toEqual([['sender.distrusted', { pattern: 'partner.example' }], ['sender.trusted', { pattern: 'partner.example', note: 'Our carrier' }]]);
  for (const who of ['agnes', 'mara', 'alice'] as const) await expect(as(who).run(trustSender, { pattern: 'x.example' })).rejects.toMatchObject({ reason: 'forbidden' });
  await expect(as('agnes').run(distrustSender, { id })).rejects.toMatchObject({ reason: 'not_found' });
});

test('what is no address and no domain, is there already, or is everybody’s provider says so at its field', async () => {
  const { as, db } = await stoa();
  const refused = (pattern: string) => as('ada').run(trustSender, { pattern }).then(() => 'trusted', ({ issues }: { issues: Record<string, string> }) => issues['pattern']);
  const shape = 'Write an address like name@example.com, or a domain like example.com.';
  for (const pattern of ['com', 'an address', 'a@b', '*@example.com', 'http://example.com', 'example.com/x', '-a.example', 'example.123', '1.2.3.4']) expect([pattern, await refused(pattern)]).toEqual([pattern, shape]);
  expect(await refused('')).toBe('Write an address or a domain.');
  expect(await refused('gmail.com')).toBe('Many people have addresses there. Trust single addresses.');
  expect(await refused('somebody@gmail.com')).toBe('trusted');
  expect(await refused('Somebody@Gmail.com')).toBe('This is on the list already.');
  await db.$client.execute("with recursive n(i) as (select 1 union all select i + 1 from n where i < 999) insert into trusted_senders (id, pattern, created_at) select 'tru_' || i, 's' || i || '.example', 0 from n");
  await expect(as('ada').run(trustSender, { pattern: 'one.too.many.example' })).rejects.toMatchObject({ reason: 'conflict' });
});
