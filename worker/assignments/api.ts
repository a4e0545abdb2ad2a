import { z } from 'zod';
import { type Call, numberIn, type Route } from '../platform/api.ts';
import { notFound, Refusal, signedOut } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { oneOf } from '../platform/unknown.ts';
import { knowsAssignments } from './access.ts';
import { advanceAssignment } from './advance.ts';
import { assignTopic } from './assign.ts';
import { Advance, Assignment } from './input.ts';
import { assignmentOfTopic, topicsToLookAfter } from './queries.ts';
import { progress } from './schema.ts';

const assignment = z.object({
  topic: is.number.describe('Its number.'), assignee: z.object({ id: is.text, name: is.text.nullable().describe('Null for who does not know the groups of the team.'), kind: z.enum(['person', 'group']) }), post: is.number.nullable().describe('Number of the post it is about.'), status: z.enum(progress), remindAt: is.moment.nullable(), assignedAt: is.moment,
});

type Told = NonNullable<Awaited<ReturnType<typeof load>>>;
const load = async ({ portal }: Call, number: number) => (await portal.load(assignmentOfTopic(number)))[0];

const shaped = (topic: number, { userId, groupId, person, group, place, status, remindAt, assignedAt }: Told) => ({
  topic, assignee: userId === null ? { id: groupId!, name: group, kind: 'group' as const } : { id: userId, name: person, kind: 'person' as const }, post: place, status, remindAt, assignedAt,
});

const isFree = z.object({ topic: is.number, assignee: z.null() });

async function assignmentOf(call: Call) {
  const found = await load(call, numberIn(call));
  return found ? shaped(numberIn(call), found) : undefined;
}

export const assignmentsApi: Route[] = [
  {
    method: 'get', path: '/assignments', summary: 'Topics that you or your groups look after (the team and moderators)', list: is.cursors.byTime, query: { status: oneOf(['done'], '`done` for those that are done.') }, response: assignment.extend({ title: is.text, slug: is.text }),
    async handle({ portal, slice, query }) {
      const [{ items, next }] = await portal.load(topicsToLookAfter(slice, query['status'] === 'done'));
      if (portal.viewer.id === null) throw signedOut();
      if (!knowsAssignments(portal.viewer)) throw new Refusal('forbidden', 'Only people with the right permission can do this.');
      return { items: items.map((one) => ({ ...shaped(one.number, one), title: one.title, slug: one.slug })), next };
    },
  },
  {
    method: 'get', path: '/topics/{number}/assignment', summary: 'Who looks after a topic (the team and moderators)', response: assignment,
    async handle(call) {
      const found = await assignmentOf(call);
      if (!found) throw notFound();
      return found;
    },
  },
  {
    method: 'put', path: '/topics/{number}/assignment', summary: 'Give a topic or a post of it to a person or group of the team, or to nobody (its moderators)', body: Assignment.omit({ number: true }), response: z.union([assignment, isFree]),
    async handle(call) {
      const { number } = await call.run(assignTopic, { number: numberIn(call) });
      return (await assignmentOf(call)) ?? { topic: number, assignee: null };
    },
  },
  {
    method: 'patch', path: '/topics/{number}/assignment', summary: 'Say how far it is, and when to be reminded (whoever has it, and its moderators)', body: Advance.omit({ number: true }), response: assignment,
    async handle(call) {
      await call.run(advanceAssignment, { number: numberIn(call) });
      return assignmentOf(call);
    },
  },
];
