import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { addressOf, type Converter, linesOf, markdownOf, spoken } from './shared.ts';

type Fields = Record<string, string>;

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (value: string) => value.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => (hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name] ?? whole)));

/** One `<row …/>` a line, as the dumps are written. */
async function* rowsOf(file: string): AsyncGenerator<Fields> {
  if (!existsSync(file)) return;
  for await (const line of linesOf(file)) {
    if (/^\s*<row /.test(line)) yield Object.fromEntries([...line.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value!)]));
  }
}

const at = (time: string | undefined) => `${time ?? '1970-01-01T00:00:00.000'}Z`;
const tagsOf = (tags = '') => tags.split(/[<>|]/).filter(Boolean);
const QUESTION = '1';
const ANSWER = '2';

/**
 * A site of Stack Exchange: Users.xml, Posts.xml, Comments.xml, Votes.xml. Questions become topics, answers and comments posts. A dump does
 * not say who voted for what, but for favourites of old: those become votes. Authors who are gone are one person.
 */
export const stackExchange: Converter = async function* (folder) {
  const site = basename(folder).replace(/^se-dump-/, '');
  const person = (id: string | undefined) => `${site}-user-${id ?? 'gone'}`;
  yield { type: 'category', id: site, slug: site, name: site };
  yield { type: 'user', id: person(undefined), email: addressOf(site, 'gone'), name: 'Someone who left', createdAt: at(undefined) };
  const people = new Set<string | undefined>();
  for await (const row of rowsOf(join(folder, 'Users.xml'))) {
    people.add(row['Id']);
    yield { type: 'user', id: person(row['Id']), email: addressOf(site, `user${row['Id']}`), name: spoken(row['DisplayName'], `User ${row['Id']}`), createdAt: at(row['CreationDate']) };
  }
  const by = (id: string | undefined) => person(people.has(id) ? id : undefined);
  const [topicOf, accepted] = [new Map<string, string>(), new Set<string>()];
  for await (const row of rowsOf(join(folder, 'Posts.xml'))) {
    const [id, author, body, createdAt] = [row['Id']!, by(row['OwnerUserId']), spoken(markdownOf(row['Body'] ?? '')), at(row['CreationDate'])];
    if (row['PostTypeId'] === QUESTION) {
      topicOf.set(id, id);
      if (row['AcceptedAnswerId']) accepted.add(row['AcceptedAnswerId']);
      yield { type: 'topic', id: `${site}-${id}`, category: site, author, title: spoken(row['Title']), body, tags: tagsOf(row['Tags']), kind: 'question', createdAt };
    } else if (row['PostTypeId'] === ANSWER) {
      topicOf.set(id, row['ParentId']!);
      yield { type: 'post', id: `${site}-${id}`, topic: `${site}-${row['ParentId']}`, author, body, createdAt, ...(accepted.has(id) ? { accepted: true } : {}) };
    }
  }
  for await (const row of rowsOf(join(folder, 'Comments.xml'))) {
    const topic = topicOf.get(row['PostId']!);
    if (topic) yield { type: 'post', id: `${site}-comment-${row['Id']}`, topic: `${site}-${topic}`, author: by(row['UserId']), body: spoken(row['Text']), createdAt: at(row['CreationDate']) };
  }
  for await (const row of rowsOf(join(folder, 'Votes.xml'))) {
    if (row['VoteTypeId'] === '5' && topicOf.has(row['PostId']!) && people.has(row['UserId'])) yield { type: 'vote', on: `${site}-${row['PostId']}`, author: person(row['UserId']) };
  }
};
