import type { Row } from '@libsql/client';
import type { Sql } from '../platform/gate.ts';
import { STAFF_SQL } from '../platform/viewer.ts';

export const ARTICLES = 1.15;
/** An article that is written for the team, to all others. */
const TEAMS = 0.7;
/** A topic with an accepted answer, a reply by the team, and a topic that nobody may add to. */
const [SOLVED, OFFICIAL, CLOSED] = [1.25, 1.15, 0.9];

/** How many documents are weighed in one commit, and topics and people of which some posts may be among them: an import answers thousands of topics at once, most of a few posts. */
const [PIECE, THINGS] = [500, 50];

const OF_TOPIC = `case when t.accepted_post_id is null then 1 else ${SOLVED} end * case when t.locked_at is null then 1 else ${CLOSED} end`;
const OF_AUTHOR = `case when u.role in ${STAFF_SQL} then ${OFFICIAL} else 1 end`;

/** What a document is worth before anybody asks, to whoever is not of the team: by its kind, by whom it is and for whom, and by how its topic stands. */
const WEIGHED = `update search_documents set worth = coalesce(case type
    when 'article' then (select ${ARTICLES} * case audience when 'team' then ${TEAMS} else 1 end from articles where id = ref_id)
    when 'topic' then (select ${OF_TOPIC} from topics t where t.id = ref_id)
    else (select ${OF_TOPIC} * ${OF_AUTHOR} from posts p join topics t on t.id = p.topic_id join users u on u.id = p.author_id where p.id = ref_id) end, 1)`;

/** What is asked for what is to be weighed: the ids of some documents that nobody weighed yet, as a JSON list, and topics and people whose posts may be worth something else by now. */
export const TO_WEIGH = [`select json_group_array(id) as ids from (select id from search_documents where worth is null and id > 0 limit ${PIECE})`, `select thing, kind, after, after_id from search_to_weigh limit ${THINGS}`];

/** Some more posts of a topic, and of a person. */
const MORE = {
  topic: `select id, number as at from posts where topic_id = ? and number > ? order by number limit ${PIECE}`,
  person: `select id, created_at as at from posts where author_id = ? and (created_at, id) > (?, ?) order by created_at, id limit ${PIECE}`,
};

/** A topic or person, and up to which post it is weighed. */
export interface Due {
  thing: string;
  kind: keyof typeof MORE;
  after: number;
  afterId: string;
}

export const dueIn = (row: Row): Due => ({ thing: String(row['thing']), kind: row['kind'] as Due['kind'], after: Number(row['after']), afterId: String(row['after_id']) });

/** Some more posts of what is due. */
export const postsOf = ({ thing, kind, after, afterId }: Due): Sql => ({ sql: MORE[kind], args: kind === 'topic' ? [thing, after] : [thing, after, afterId] });

/** The statements that weigh documents which nobody weighed yet, a JSON list of their ids. */
export const weighed = (ids: string): Sql[] => (ids === '[]' ? [] : [{ sql: `${WEIGHED} where id in (select value from json_each(?))`, args: [ids] }]);

/** The statements that weigh some of what topics and people wrote anew, each with some more of their posts: as many of the first as have not too many together. */
export function weighedAnew(due: Due[], posts: Row[][]): Sql[] {
  let sum = 0;
  const some = posts.filter((rows) => (sum += rows.length) <= PIECE);
  const those = due.slice(0, some.length);
  return [
    { sql: `${WEIGHED} where type = 'topic' and ref_id in (select value from json_each(?))`, args: [JSON.stringify(those.map(({ thing }) => thing))] },
    { sql: `${WEIGHED} where type = 'post' and ref_id in (select value from json_each(?))`, args: [JSON.stringify(some.flat().map(({ id }) => id))] },
    ...those.map((one, i) => goneOn(one, some[i]!)),
  ];
}

/** The statement that remembers where to go on with what is weighed, if anywhere, unless it has to begin anew meanwhile. */
function goneOn({ thing, after, afterId }: Due, posts: Row[]): Sql {
  const [still, last] = ['where thing = ? and after = ? and after_id = ?', posts.at(-1)];
  return posts.length === PIECE && last ? { sql: `update search_to_weigh set after = ?, after_id = ? ${still}`, args: [Number(last['at']), String(last['id']), thing, after, afterId] } : { sql: `delete from search_to_weigh ${still}`, args: [thing, after, afterId] };
}
