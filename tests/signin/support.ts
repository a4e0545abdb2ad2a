import { desc, eq } from 'drizzle-orm';
import { mails } from '../../worker/mail/schema.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { type Stoa, stoa } from '../support/stoa.ts';

/** A browser that asks, from nowhere in particular. */
export const asker = { browser: crypto.randomUUID(), https: false, url: 'https://help.example.org', network: 'unknown', device: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', place: 'GR' };
export const elsewhere = { ...asker, browser: crypto.randomUUID() };

/** A workspace whose clock says now: secrets live by the real one. */
export const world = () => stoa(new Date());

/** The letters to an address, newest first. */
export const lettersTo = ({ db }: Pick<Stoa, 'db'>, to: string) => db.select().from(mails).where(eq(mails.toAddress, to)).orderBy(desc(mails.id));

/** What the newest letter to an address carries. */
export async function carried(at: Pick<Stoa, 'db'>, to: string): Promise<{ key: string; code: string; subject: string }> {
  const [letter] = await lettersTo(at, to);
  return { key: /[?&]key=([\w-]+)/.exec(letter!.text)?.[1] ?? '', code: /^\d{6}$/m.exec(letter!.text)?.[0] ?? '', subject: letter!.subject };
}

/** As if it were two minutes and more later: no letter went out lately. */
export const later = ({ db }: Pick<Stoa, 'db'>, minutes = 3) => db.update(mails).set({ createdAt: new Date(Date.now() - minutes * 60_000) });

/** As if every secret were too old by now. */
export const expired = ({ db }: Pick<Stoa, 'db'>) => db.update(oneTimeSecrets).set({ expiresAt: new Date(Date.now() - 1) });
