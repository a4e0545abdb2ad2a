import { expect, test } from 'vitest';
import { markOfMail, stampOf } from '../../worker/platform/stamp.ts';
import { askForProof } from '../../worker/signin/ask-proof.ts';
import { oneTimeSecrets } from '../../worker/signin/schema.ts';
import { tryProof } from '../../worker/signin/try-proof.ts';
import { SECRET } from '../support/stoa.ts';
import { carried, expired, later, lettersTo, world } from './support.ts';

const email = 'guest@example.net';
const form = 'form-of-a-guest';
/** When it was drawn first. */
const drawn = 1_700_000_000_000;
const stamp = (of = form) => stampOf(SECRET, of, { bits: 14, since: Date.now() });
const asking = (more: object = {}) => ({ drawn, form, stamp: stamp(), email, locale: 'en', network: 'unknown', url: 'https://help.example.org', ...more });
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

test('a visitor is sent six digits that are right for that form and address alone, for a quarter of an hour', async () => {
  const at = await world();
  const visitor = at.as('visitor');
  expect(await visitor.run(askForProof, asking())).toEqual({});
  const { code, subject } = await carried(at, email);
  expect([subject, /^\d{6}$/.test(code)]).toEqual(['The code for your form', true]);
  expect(await visitor.run(tryProof, { drawn, email, code: ` ${code.slice(0, 3)} ${code.slice(3)}` })).toEqual({ mark: markOfMail(SECRET, drawn, email) });
  for (const [other, person, digits] of [[drawn + 1, email, code], [drawn, 'other@example.net', code], [drawn, email, wrong(code)]] as const) expect(await visitor.run(tryProof, { drawn: other, email: person, code: digits })).toEqual({ mark: '' });
  expect(await at.as('alice').run(tryProof, { drawn, email, code })).toEqual({ mark: '' });
  await expired(at);
  expect(await visitor.run(tryProof, { drawn, email, code })).toEqual({ mark: '' });
  expect((await at.db.select().from(oneTimeSecrets)).map(({ purpose }) => purpose)).toEqual(['proof']);
});

test('who is signed in is sent it to their own address, in their language, whatever they type', async () => {
  const at = await world();
  await at.db.$client.execute("update users set locale = 'el' where id = 'usr_alice'");
  await at.as('alice').run(askForProof, asking({ email: 'mallory@example.net' }));
  const { code, subject } = await carried(at, 'alice@example.org');
  expect([subject, await lettersTo(at, 'mallory@example.net')]).toEqual(['Ο κωδικός για τη φόρμα σας', []]);
  expect(await at.as('alice').run(tryProof, { drawn, code })).toEqual({ mark: markOfMail(SECRET, drawn, 'usr_alice') });
  expect(await at.as('bob').run(tryProof, { drawn, code })).toEqual({ mark: '' });
});

test('an address that is known here is answered and written to like any other', async () => {
  const at = await world();
  await at.db.$client.execute("update users set password_hash = 'x', verified_at = 1, locale = 'el' where id = 'usr_alice'");
  const answers = [await at.as('visitor').run(askForProof, asking({ email: 'alice@example.org' })), await at.as('visitor').run(askForProof, asking())];
  expect(answers[0]).toEqual(answers[1]);
  const [known, unknown] = [(await lettersTo(at, 'alice@example.org'))[0]!, (await lettersTo(at, email))[0]!];
  expect([known.subject, known.text.replace(/\d{6}/, '')]).toEqual([unknown.subject, unknown.text.replace(/\d{6}/, '')]);
});

test('one letter in two minutes and five a day to an address; of guesses five for a form', async () => {
  const at = await world();
  const ask = () => at.as('visitor').run(askForProof, asking());
  await Promise.all([ask(), ask(), ask()]);
  expect(await lettersTo(at, email)).toHaveLength(1);
  for (let i = 0; i < 6; i++) {
    await later(at);
    await ask();
  }
  expect(await lettersTo(at, email)).toHaveLength(5);
  const { code } = await carried(at, email);
  const guesses = await Promise.allSettled(Array.from({ length: 20 }, () => at.as('visitor').run(tryProof, { drawn, email, code: wrong(code) })));
  expect(guesses.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  await expect(at.as('visitor').run(tryProof, { drawn, email, code })).rejects.toMatchObject({ reason: 'too_many' });
});

test('no letter goes out for a form that was asked for nothing, or to nobody; what is no code is named', async () => {
  const at = await world();
  for (const other of ['', 'nonsense', stamp('another-form'), stampOf('a secret that is not ours, but as long', form, { bits: 14, since: Date.now() })]) await expect(at.as('visitor').run(askForProof, asking({ stamp: other }))).rejects.toMatchObject({ reason: 'invalid', message: 'This form is too old for a code. Send it again.' });
  await expect(at.as('visitor').run(askForProof, asking({ email: '' }))).rejects.toMatchObject({ reason: 'invalid', issues: { email: 'Enter your e-mail address.' } });
  await expect(at.as('visitor').run(tryProof, { drawn, email, code: '12' })).rejects.toMatchObject({ reason: 'invalid', issues: { code: 'Enter the six digits.' } });
  expect(await lettersTo(at, email)).toEqual([]);
});
