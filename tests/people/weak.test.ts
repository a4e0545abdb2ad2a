import { expect, test } from 'vitest';
import { Claim, newPassword } from '../../worker/people/input.ts';
import { isAbout, isCommon } from '../../worker/people/weak.ts';

const COMMON = [
  'password123', 'Password1!', 'P@ssw0rd123', 'passwordpassword', 'qwertyuiop', 'qwerty12345', '1q2w3e4r5t', 'q1w2e3r4t5y6', 'qazwsxedcrfv', 'zaq12wsxcde3', '1234567890', '0987654321', '1111111111',
  'aaaaaaaaaaaa', 'abcabcabcabc', 'iloveyou123', 'letmein1234', 'welcome2024', 'Summer2025!', 'basketball', 'minecraft123', 'spiderman1', 'christopher1', 'Michael1987!', 'adminadmin', 'changeme123', 'hellohello',
  'kwdikos123', 'Κωδικός123', 'ΟΛΥΜΠΙΑΚΟΣ7', 'σαγαπώ1234',
];
const FINE = ['correct horse battery staple', 'a long enough sentence', 'Xk29fjwlq0', 'kitchen-lamp-seven-oaks', 'μια μεγάλη φράση μου', 'plum ladder rain'];

test('what is tried first is no password, in English and in Greek, however dressed up; a sentence is one', () => {
  expect(COMMON.filter((password) => !isCommon(password))).toEqual([]);
  expect(FINE.filter((password) => !newPassword.safeParse(password).success)).toEqual([]);
});

test('neither is what others know: name, address, product', () => {
  const mine = ['chris@acme.test', 'Chris Doyle'];
  expect(['chris@acme.test', 'chrisdoyle1', 'Chris.Doyle2026', 'acme-acme-1', 'stoa-stoa-stoa', '$t0a123456'].filter((password) => !isAbout(password, mine))).toEqual([]);
  expect([...FINE, 'a lamp that chris bought'].filter((password) => isAbout(password, mine))).toEqual([]);
});

test('the first admin is held to it too', () => {
  const claim = { name: 'Olga Owner', email: 'olga@example.org', key: 'x', https: false };
  const issue = (password: string) => Claim.safeParse({ ...claim, password, again: password }).error?.issues[0]?.path[0];
  expect([issue('password123'), issue('olga-owner-1'), issue('short'), issue('a long enough sentence')]).toEqual(['password', 'password', 'password', undefined]);
});

test('a text made to be looked at for long is looked at for a moment', () => {
  const started = process.cpuUsage();
  for (const text of [`${'1'.repeat(39)}z`, `${'the'.repeat(13)}z`, 'ab'.repeat(500), 'ab c'.repeat(250_000), 'a\r\nb\n'.repeat(5), `${'12'.repeat(19)}zq`]) for (const look of [() => isCommon(text), () => isAbout(`stoa${text}`, [text])]) look();
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
});
