import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

export interface Size {
  people: number;
  categories: number;
  topics: number;
  posts: number;
  /** Posts of the one long topic, which is the first. */
  longest: number;
  tickets: number;
}

const SIZE: Size = { people: 2_000, categories: 20, topics: 5_000, posts: 50_000, longest: 1_000, tickets: 2_000 };

const WORDS = 'booking calendar invoice reminder customer room payment refund window export import sync mobile signal price deposit group course teacher clinic ferry studio report filter message answer question change cancel move confirm search number address language morning evening weekly yearly account member access password setting theme slow fast wrong missing double late early open close print share link color template field form list page'.split(' ');

const SYLLABLES = 'ba ce di fo gu la me ni po ru sa te vi zo ka le mo nu pa re si to'.split(' ');

/** Four thousand words, common ones first, as languages have them. */
const VOCABULARY = [...WORDS, ...Array.from({ length: 4_000 }, (_, i) => SYLLABLES[i % 22]! + SYLLABLES[Math.floor(i / 22) % 22]! + SYLLABLES[(i * 7 + Math.floor(i / 484)) % 22]!)];

/** The same numbers for the same seed: mulberry32. */
function random(seed: number) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes a workspace of this size in the import format. Returns how many lines. */
export async function generate(file: string, size: Size = SIZE): Promise<number> {
  const out = createWriteStream(file);
  const next = random(7);
  const pick = (n: number) => Math.floor(next() * n);
  const words = (n: number) => Array.from({ length: n }, () => VOCABULARY[Math.floor(VOCABULARY.length ** next()) - 1]).join(' ');
  const text = () => `${words(25)}.\n\n${words(20)} **${words(2)}** ${words(10)}.${next() < 0.2 ? `\n\n\`\`\`ts\nconst ${WORDS[pick(WORDS.length)]} = ${pick(1000)};\n\`\`\`` : ''}`;
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString();
  let lines = 0;
  const write = async (line: object) => {
    lines++;
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  };
  for (let i = 0; i < 50; i++) await write({ type: 'account', id: `a${i}`, name: `Account ${i}`, arr: pick(100_000), renewsOn: '2027-03-01' });
  for (let i = 0; i < size.people; i++) await write({ type: 'user', id: `u${i}`, email: `person${i}@bench.test`, name: `Person ${i}`, account: `a${i % 50}`, createdAt: at(i) });
  await write({ type: 'user', id: 'agent', email: 'agent@bench.test', name: 'Agent', role: 'agent', createdAt: at(0) });
  for (let i = 0; i < size.categories; i++) await write({ type: 'category', id: `c${i}`, slug: `category-${i}`, name: `Category ${i}` });
  for (let i = 0; i < size.topics; i++) await write({ type: 'topic', id: `t${i}`, category: `c${i % size.categories}`, author: `u${pick(size.people)}`, title: words(6), body: text(), tags: [WORDS[pick(10)]], kind: 'question', createdAt: at(i * 10) });
  const replies = size.posts - size.topics;
  for (let i = 0; i < replies; i++) {
    const topic = i < size.longest - 1 ? 0 : 1 + pick(size.topics - 1);
    await write({ type: 'post', id: `p${i}`, topic: `t${topic}`, author: `u${pick(size.people)}`, body: text(), createdAt: at(size.topics * 10 + i) });
  }
  for (let i = 0; i < size.tickets; i++) await write({ type: 'ticket', id: `k${i}`, requester: `u${pick(size.people)}`, subject: words(5), status: i % 3 === 0 ? 'solved' : 'open', priority: ['low', 'normal', 'high', 'urgent'][i % 4], createdAt: at(i * 20) });
  for (let i = 0; i < size.tickets * 5; i++) await write({ type: 'message', id: `m${i}`, ticket: `k${Math.floor(i / 5)}`, author: i % 2 === 0 ? `u${pick(size.people)}` : 'agent', body: text(), createdAt: at(size.tickets * 20 + i) });
  out.end();
  await once(out, 'finish');
  return lines;
}
