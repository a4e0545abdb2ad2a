import { join } from 'node:path';
import { addressOf, type Converter, linesOf, spoken } from './shared.ts';

interface Thread {
  id: number;
  title: string;
  author: string | null;
  state: string;
  labels: string[];
  created: string;
  closed: string | null;
  body: string;
  comments: { author: string | null; role: string; created: string; body: string }[];
}

const PLACE = 'github';
const TEAM = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

/** Issues with their comments, threads.jsonl: tickets with messages. Whoever answers for the project is an agent. */
export const githubIssues: Converter = async function* (folder) {
  const file = join(folder, 'threads.jsonl');
  const name = (author: string | null) => author ?? 'ghost';
  const people = new Map<string, { since: string; team: boolean }>();
  for await (const text of linesOf(file)) {
    const { author, created, comments } = JSON.parse(text) as Thread;
    for (const word of [{ author, created, role: '' }, ...comments]) {
      const known = people.get(name(word.author));
      people.set(name(word.author), { since: known && known.since < word.created ? known.since : word.created, team: (known?.team ?? false) || TEAM.has(word.role) });
    }
  }
  for (const [login, { since, team }] of people) yield { type: 'user', id: `${PLACE}-${login}`, email: addressOf(PLACE, login), name: login, role: team ? 'agent' : 'customer', createdAt: since };
  for await (const text of linesOf(file)) {
    const { id, title, author, state, labels, created, closed, body, comments } = JSON.parse(text) as Thread;
    const ticket = `${PLACE}-${id}`;
    const solved = state !== 'OPEN';
    yield { type: 'ticket', id: ticket, requester: `${PLACE}-${name(author)}`, subject: spoken(title), status: solved ? 'solved' : 'open', tags: labels.map((label) => label.slice(0, 80)), createdAt: created, ...(solved && closed ? { solvedAt: closed } : {}) };
    for (const [i, word] of [{ author, created, body }, ...comments].entries()) {
      yield { type: 'message', id: `${ticket}-${i}`, ticket, author: `${PLACE}-${name(word.author)}`, body: spoken(word.body), createdAt: word.created };
    }
  }
};
