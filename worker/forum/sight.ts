import type { Sight } from '../platform/portal.ts';
import { onlyIf } from '../platform/query.ts';
import { asked, written } from '../platform/statement.ts';
import type { Viewer } from '../platform/viewer.ts';
import { isLetInEverywhere, sightOf } from './access.ts';

/** People of whom it is remembered. */
const MOST = 10_000;

/** What was hidden from people, and from visitors, when they last looked. Only a guess to build queries with; it stays here, since what is hidden is nothing to tell a browser. */
const lately = new Map<string, string>();

const nameOf = ({ id }: Viewer) => id ?? 'visitor';

/** Somebody, with what was hidden from them when they last looked. */
export const known = (viewer: Viewer): Viewer => ({ ...viewer, hidden: lately.get(nameOf(viewer)) ?? null });

function remember(viewer: Viewer, found: string): void {
  const name = nameOf(viewer);
  lately.delete(name);
  lately.set(name, found);
  if (lately.size > MOST) lately.delete(lately.keys().next().value!);
}

const hidden = onlyIf(
  written(
    () => ({}),
    (db, viewer) => sightOf(db, viewer),
  ),
  (viewer) => !isLetInEverywhere(viewer),
);

/**
 * Tells the portal which categories are hidden from somebody, in the batch that asks for what they see: queries name those instead of finding out
 * each for itself, which takes libSQL longer than the rest of a page, and name none where none is hidden.
 */
export const sight: Sight = {
  asking(db, viewer) {
    const question = hidden(db, viewer);
    return question && asked(question);
  },
  read([row], viewer) {
    const { hidden: found } = row as { hidden: string };
    remember(viewer, found);
    return found;
  },
};
