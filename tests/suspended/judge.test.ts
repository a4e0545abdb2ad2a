import { describe, expect, test } from 'vitest';
import { type Facts, judged } from '../../worker/suspended/judge.ts';
import { bareAddress, patternsOf, senderOf } from '../../worker/suspended/senders.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;

/** So many tickets of a domain, each of another address, so many minutes ago. */
const many = (count: number, minutes = 1, address = (i: number) => `guest${i}@spam.example`) => Array.from({ length: count }, (_, i) => ({ address: address(i), at: NOW - minutes * MINUTE }));

const facts = (more: Partial<Facts> = {}): Facts => ({ rules: { ticketBurst: 10, ticketMinutes: 10 }, earlier: [], trusted: [], customers: [], words: [], screens: [], ...more });
const word = (action: 'hold' | 'silence' | 'block' | 'flag') => ({ id: 'wrd_1', pattern: 'pill*', isRegex: false, locale: null, action, tag: '', replacement: '', hours: 0 });
const screen = (kind: 'mail' | 'network' | 'site' | 'url', pattern: string, action: 'hold' | 'block' = 'hold') => ({ id: 'scr_1', kind, pattern, action, expiresAt: null });
const burst = (detail: string, count: number, minutes = 10) => ({ rule: 'burst', detail, count, minutes });

describe('a ticket waits, or does not', () => {
  const from = (sender: string, more: Partial<Facts>, text = 'Is anybody there?', network = '192.0.2.7') => judged({ sender, at: new Date(NOW), network, text }, facts(more));
  test.each<[why: string, sender: string, more: Partial<Facts>, causes: object[]]>([
    ['the first of a domain', 'a@spam.example', {}, []],
    ['the tenth', 'a@spam.example', { earlier: many(9) }, []],
    ['the eleventh within the time', 'a@spam.example', { earlier: many(10) }, [burst('spam.example', 11)]],
    ['one of many more', 'a@spam.example', { earlier: many(40) }, [burst('spam.example', 41)]],
    ['the eleventh when the others are too old', 'a@spam.example', { earlier: many(10, 10) }, []],
    ['the eleventh when one of the others is too old', 'a@spam.example', { earlier: [...many(9), ...many(1, 11)] }, []],
    ['as the rules of the workspace say', 'a@spam.example', { rules: { ticketBurst: 2, ticketMinutes: 60 }, earlier: many(2, 59) }, [burst('spam.example', 3, 60)]],
    ['none where it is switched off', 'a@spam.example', { rules: { ticketBurst: 0, ticketMinutes: 10 }, earlier: many(400) }, []],
    ['others with a provider for all', 'a@gmail.com', { earlier: many(40, 1, (i) => `guest${i}@gmail.com`) }, []],
    ['the same one there', 'a@gmail.com', { earlier: many(10, 1, () => 'a@gmail.com') }, [burst('a@gmail.com', 11)]],
    ['the same one there under other names', 'a+12@gmail.com', { earlier: many(10, 1, () => 'a@gmail.com') }, [burst('a@gmail.com', 11)]],
    ['a trusted address', 'a@spam.example', { earlier: many(40), trusted: ['a@spam.example'] }, []],
    ['another address of its domain', 'b@spam.example', { earlier: many(40), trusted: ['a@spam.example'] }, [burst('spam.example', 41)]],
    ['a trusted domain', 'a@spam.example', { earlier: many(40), trusted: ['spam.example'] }, []],
    ['a domain below a trusted one', 'a@mail.spam.example', { earlier: many(40), trusted: ['spam.example'] }, []],
    ['a domain that only ends like a trusted one', 'a@notspam.example', { earlier: many(40), trusted: ['spam.example'] }, [burst('notspam.example', 41)]],
    ['the domain of a customer account', 'a@acme.example', { earlier: many(40), customers: ['acme.example'] }, []],
    ['a listed address', 'a@spam.example', { screens: [screen('mail', '*@spam.example')] }, [{ rule: 'mail', detail: '*@spam.example' }]],
    ['a listed address that is trusted', 'a@spam.example', { screens: [screen('mail', '*@spam.example')], trusted: ['spam.example'] }, []],
    ['a blocked address that is trusted', 'a@spam.example', { screens: [screen('mail', '*@spam.example', 'block')], trusted: ['spam.example'] }, [{ rule: 'mail', detail: '*@spam.example' }]],
    ['a listed address of a customer', 'a@acme.example', { screens: [screen('mail', '*@acme.example')], customers: ['acme.example'] }, [{ rule: 'mail', detail: '*@acme.example' }]],
    ['a listed network', 'a@fine.example', { screens: [screen('network', '192.0.2.0/24')] }, [{ rule: 'network', detail: '192.0.2.0/24' }]],
    ['more than one cause', 'a@spam.example', { earlier: many(10), screens: [screen('network', '192.0.2.0/24')] }, [burst('spam.example', 11), { rule: 'network', detail: '192.0.2.0/24' }]],
  ])('%s', (_why, sender, more, causes) => expect(from(sender, more)).toEqual(causes));

  test('by what it says', () => {
    const said = 'Cheap PILLS at https://shop.example/offers?x=1';
    expect(from('a@b.example', { words: [word('hold')] }, said)).toEqual([{ rule: 'word', detail: 'pill*' }]);
    expect(from('a@b.example', { words: [{ ...word('hold'), locale: 'el' }] }, said)).toEqual([]);
    expect(from('a@b.example', { words: [word('hold')], trusted: ['b.example'] }, said)).toEqual([]);
    expect(from('a@b.example', { words: [word('block')], trusted: ['b.example'] }, said)).toEqual([{ rule: 'word', detail: 'pill*' }]);
    expect(from('a@b.example', { screens: [screen('site', 'shop.example'), screen('url', 'shop.example/offers')] }, said).map(({ rule }) => rule)).toEqual(['site', 'url']);
  });
});

test('a sender is a domain, or an address where everybody may have one, and can be trusted by all of its domain', () => {
  expect(['a@spam.example', 'a@mail.spam.example', 'a+x@gmail.com', 'a@otenet.gr'].map(senderOf)).toEqual(['spam.example', 'mail.spam.example', 'a@gmail.com', 'a@otenet.gr']);
  expect(['a+x+y@b.example', '+x@b.example', 'a@b.example'].map(bareAddress)).toEqual(['a@b.example', '+x@b.example', 'a@b.example']);
  expect(patternsOf('a@x.y.example')).toEqual(['a@x.y.example', 'x.y.example', 'y.example', 'example']);
});
