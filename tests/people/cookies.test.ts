import { expect, test } from 'vitest';
import { familiarIn, familiarTo } from '../../worker/people/familiar.ts';
import { forgotten, renewedCookie } from '../../worker/people/sessions.ts';
import { cookieNames, rememberViewer } from '../../worker/people/cookies.ts';
import { challengeIn, newChallenge, toEnter, toMake } from '../../worker/proofs/challenge.ts';
import { cast, SECRET } from '../support/stoa.ts';

const secretIn = (cookie: string) => cookie.split(';')[0]!.split('=').slice(1).join('=');

test('over HTTPS every cookie is bound to this host, secure, and out of reach for scripts', () => {
  const cookies = [renewedCookie('x', true), ...forgotten(true), rememberViewer(SECRET, 'x', cast.alice, true), familiarTo(SECRET, 'usr_alice', null, true)!, newChallenge(SECRET, toEnter, true).cookie];
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-stoa_\w+=/);
    expect(cookie).toMatch(/^(?=.*; Secure)(?=.*; HttpOnly)(?=.*; Path=\/(;|$))(?=.*; SameSite=(Lax|Strict))(?!.*Domain)/);
  }
  expect(Object.values(cookieNames(true)).every((name) => name.startsWith('__Host-'))).toBe(true);
});

test('a browser is familiar to those who were signed in there, five at most, and by our word only', () => {
  let known = null as ReturnType<typeof familiarIn>;
  for (const person of ['a', 'b', 'c', 'd', 'e', 'f']) known = familiarIn(SECRET, secretIn(familiarTo(SECRET, person, known, false)!));
  expect(known!.people).toEqual(['f', 'e', 'd', 'c', 'b']);
  expect(familiarTo(SECRET, 'f', known, false)).toBeUndefined();
  expect(familiarIn('another secret', secretIn(familiarTo(SECRET, 'a', null, false)!))).toBeNull();
  expect(familiarIn(SECRET, undefined)).toBeNull();
});

test('a challenge counts for what it was made for, in its session, for five minutes', () => {
  const now = new Date();
  const made = newChallenge(SECRET, toMake('session'), false, now.getTime());
  const used = (purpose: string, minutes: number) => () => challengeIn(SECRET, purpose, secretIn(made.cookie), new Date(now.getTime() + minutes * 60_000));
  expect(used(toMake('session'), 4)().challenge).toBe(made.challenge);
  for (const [purpose, minutes] of [[toMake('session'), 6], [toMake('another'), 0], [toEnter, 0]] as const) expect(used(purpose, minutes)).toThrow('took too long');
});
