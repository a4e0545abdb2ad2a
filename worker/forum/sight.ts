import type { Sight } from '../platform/portal.ts';
import { onlyIf } from '../platform/query.ts';
import { asked, written } from '../platform/statement.ts';
import { type Viewer, visitor } from '../platform/viewer.ts';
import { isLetInEverywhere, sightOf } from './access.ts';

/** What was hidden from visitors when one last looked. Only a guess to build queries with. */
let ofVisitors: string | null = null;

/** A visitor, as far as they are known here. */
export const knownVisitor = (): Viewer => ({ ...visitor, hidden: ofVisitors });

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
    if (viewer.id === null) ofVisitors = found;
    return found;
  },
};
