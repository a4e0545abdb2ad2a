import { basename, join } from 'node:path';
import { addressOf, type Converter, linesOf, slugOf, spoken } from './shared.ts';

const AT = '2020-01-01T00:00:00Z';

interface Report {
  id: string;
  title: string;
  text: string;
  created?: string;
  answers?: string[];
}

/** A collection of questions or reports, corpus.jsonl: topics, with their answers where it has them. */
export const reports: Converter = async function* (folder) {
  const set = basename(folder);
  const author = `${set}-someone`;
  yield { type: 'category', id: set, slug: slugOf(set), name: set };
  yield { type: 'user', id: author, email: addressOf(set, 'someone'), name: 'Someone', createdAt: AT };
  for await (const line of linesOf(join(folder, 'corpus.jsonl'))) {
    const { id, title, text, created, answers = [] } = JSON.parse(line) as Report;
    const createdAt = created ? new Date(created).toISOString() : AT;
    yield { type: 'topic', id: `${set}-${id}`, category: set, author, title: spoken(title).slice(0, 500), body: spoken(text), kind: 'question', createdAt };
    for (const [i, body] of answers.entries()) yield { type: 'post', id: `${set}-${id}-${i}`, topic: `${set}-${id}`, author, body: spoken(body), createdAt };
  }
};

/** Tickets of a help desk, a .tsv of id, text and queue: one requester a queue, the queue as tag, the text as first message. */
export const helpDesk: Converter = async function* (folder) {
  const set = basename(folder);
  const queues = new Set<string>();
  let header = true;
  for await (const line of linesOf(join(folder, 'train.tsv'))) {
    const [id, text = '', queue = ''] = line.split('\t');
    if (!header) {
      const tag = slugOf(queue);
      if (!queues.has(tag)) yield { type: 'user', id: `${set}-${tag}`, email: addressOf(set, tag), name: spoken(queue), createdAt: AT };
      queues.add(tag);
      yield { type: 'ticket', id: `${set}-${id}`, requester: `${set}-${tag}`, subject: spoken(text.slice(0, 80)), tags: [tag], createdAt: AT };
      yield { type: 'message', id: `${set}-${id}-1`, ticket: `${set}-${id}`, author: `${set}-${tag}`, body: spoken(text), createdAt: AT };
    }
    header = false;
  }
};
