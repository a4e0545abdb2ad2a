import type { Meaning } from '../platform/meaning.ts';
import { isPasted } from './input.ts';
import { operatorsIn } from './operators.ts';

/** What a question means: a vector as JSON, how many numbers it has, and the model that made it. */
export interface Question {
  model: string;
  size: number;
  vector: string;
}

/** Milliseconds that a search waits for its meaning, and for which nobody is asked again who failed. */
const [PATIENCE, REST] = [300, 5_000];
/** Questions that are remembered, and letters of one that are read. */
const [MOST, LONGEST] = [500, 400];

/** Questions of late, the latest last. What was typed is kept in no database but where people save it or many look for it, and is forgotten with the worker. */
const lately = new Map<string, Question>();
let failed = { model: '', until: 0 };

/** A vector as JSON, short: what is compared has eight bits a number. */
export const sent = (vector: number[]) => `[${vector.map((number) => Number(number.toPrecision(5))).join()}]`;

/** What asks for exact words, or for an order of its own: what only means the same is no answer. */
const isLiteral = (typed: string) => {
  const { operators, words } = operatorsIn(typed);
  return !isPasted(words) && (/"|(^|\s)-\S/.test(words) || operators.inTitle === true || (operators.order ?? 'relevance') !== 'relevance');
};

/** What somebody's question means; undefined where nobody can say so within so many milliseconds. */
export async function questionOf(meaning: Meaning | undefined, typed: string, patience = PATIENCE): Promise<Question | undefined> {
  const words = operatorsIn(typed).words.slice(0, LONGEST).replace(/\s+/g, ' ').trim();
  if (!meaning || words === '' || isLiteral(typed)) return undefined;
  const key = `${meaning.model} ${words}`;
  const known = lately.get(key);
  if (known) return known;
  if (failed.model === meaning.model && Date.now() < failed.until) return undefined;
  try {
    const [vector] = await meaning.vectorsOf([words], patience);
    const question = { model: meaning.model, size: vector!.length, vector: sent(vector!) };
    if (lately.size >= MOST) lately.delete(lately.keys().next().value!);
    lately.set(key, question);
    return question;
  } catch (error) {
    failed = { model: meaning.model, until: Date.now() + REST };
    console.error(JSON.stringify({ meaning: String(error) }));
    return undefined;
  }
}
