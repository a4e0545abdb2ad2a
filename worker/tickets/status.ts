import { invalid } from '../platform/refusal.ts';
import { type Kept, statuses } from './schema.ts';

interface Chosen<S> {
  status: S;
  /** The status in own words, or null for the kind itself. */
  statusId: string | null;
}

/** What a wish for a status means, which is a kind, or the id of one in own words, of the kind `chosenCategory`: one of `list`. Nothing for none. */
export function statusIn<const S extends Kept['status'] = Kept['status']>(wish: S | `sts_${string}`, ticket: { chosenCategory: Kept['status'] | null }, list?: readonly S[]): Chosen<S>;
export function statusIn(wish: Kept['status'] | `sts_${string}` | undefined, ticket: { chosenCategory: Kept['status'] | null }): Partial<Chosen<Kept['status']>>;
export function statusIn(wish: string | undefined, { chosenCategory }: { chosenCategory: Kept['status'] | null }, list: readonly string[] = statuses): Partial<Chosen<string>> {
  if (wish === undefined) return {};
  if (!wish.startsWith('sts_')) return { status: wish, statusId: null };
  if (chosenCategory === null || !list.includes(chosenCategory)) throw invalid({ status: 'Choose a status from the list.' });
  return { status: chosenCategory, statusId: wish };
}
