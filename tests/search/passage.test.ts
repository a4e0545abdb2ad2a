import { expect, test } from 'vitest';
import { asked } from '../../worker/search/input.ts';
import { quoting } from '../../worker/search/passage.ts';

const marked = (question: string, text: string) => [...quoting(asked(question).marks).passage(text).matchAll(/<mark>(.*?)<\/mark>/g)].map(([, word]) => word);

test('every form of a word that was asked for is marked, whatever letter it begins with', () => {
  expect(marked('booking refunds', 'Bookings: book, rebook, BOOKED; a _refund_, prefund.')).toEqual(['Bookings', 'book', 'BOOKED', 'refund']);
  expect(marked('ändern', 'Wir aendern es; es wurde geändert, Änderung.')).toEqual(['aendern', 'geändert', 'Änderung']);
  expect(marked('geändert', 'Man kann es ändern.')).toEqual(['ändern']);
  expect(marked('oecuménique', 'Un concile œcuménique, des Œcuméniques.')).toEqual(['œcuménique', 'Œcuméniques']);
  expect(marked('κρατηση', 'Η ΚΡΆΤΗΣΗ και οι κρατήσεις· ἡ κράτησις.')).toEqual(['ΚΡΆΤΗΣΗ', 'κρατήσεις', 'κράτησις']);
  expect(marked('booking', '“booking” – …book, ‘booked’, x“bookings')).toEqual(['booking', 'book', 'booked', 'bookings']);
  expect(marked('2 files', 'ﬁles, ２ and 2nd; file2')).toEqual(['ﬁles', '２', 'file2']);
});

test('a passage begins and ends with a word, a little before what was found', () => {
  const text = `${'Ένα πολύ μεγάλο κείμενο. '.repeat(10)}Επιστροφή χρημάτων. ${'και άλλα '.repeat(60)}`;
  expect(quoting(asked('επιστροφή').marks).passage(text)).toMatch(/^…\u00a0(Ένα|πολύ|μεγάλο|κείμενο)[^<]{20,60}<mark>Επιστροφή<\/mark> χρημάτων\. .{150,} (και|άλλα)\u00a0…$/);
});

test('a passage is words: no marks of lists, tables or emphasis are left, nor holes where they were', () => {
  const text = 'Choose **Calendar**, then `Exceptions`.\n\n- Rooms\n2. Hours\n\n| Day | Hours |\n|---|:--|\n| Monday | 9-17 |\n\n```js\nopen();\n```\n\n> said - so';
  expect(quoting([]).passage(text)).toBe('Choose Calendar, then Exceptions. Rooms Hours Day Hours Monday 9-17 open(); said - so');
});
