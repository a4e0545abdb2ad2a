import { and, eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { signedIn } from '../platform/rules.ts';
import { OneSearch } from './input.ts';
import { searchByName } from './queries.ts';
import { savedSearches } from './schema.ts';

/** Removes a search that the viewer kept. */
export const removeSearch = operation({
  name: 'search.remove',
  input: OneSearch,
  subject: ({ name }) => searchByName(name),
  may: signedIn,
  decide: ({ db, viewer }, _input, { name }) => ({ statements: [db.delete(savedSearches).where(and(eq(savedSearches.userId, viewer.id!), eq(savedSearches.name, name)))], events: [], result: { name } }),
});
