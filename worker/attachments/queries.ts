import { eq, sql } from 'drizzle-orm';
import { many, maybe, one, onlyIf } from '../platform/query.ts';
import { written } from '../platform/statement.ts';
import { DAY } from '../platform/time.ts';
import { mayHave } from '../platform/viewer.ts';
import { keptRoom, looseAttachments, macroFiles, ownRoom, visibleAttachments } from './access.ts';

const visible = written(
  (id: string) => ({ id }),
  (db, viewer, { id }) => {
    const file = visibleAttachments(db, viewer);
    return db.select({ id: file.id, name: file.name, type: file.type, size: file.size, width: file.width, height: file.height, verdict: file.verdict, finding: file.finding, sha256: file.sha256, key: sql<string>`coalesce(${file.bytesOf}, ${file.id})`.as('bytes_key') }).from(file).where(eq(file.id, id));
  },
);

/** A file that the viewer may have, with the `key` of its bytes; undefined when it is not for them. */
export const attachmentById = maybe(visible);

/** The same, to have it checked. */
export const fileToCheck = one(visible);

/** Which of these files the viewer brought, and has attached to nothing yet. */
export const keptAttachments = many(
  written(
    (ids: string[]) => ({ ids: JSON.stringify(ids) }),
    (db, viewer, { ids }) => db.select().from(looseAttachments(db, viewer, ids as never)),
  ),
);

/** Which of these files are of macros that the viewer may use. */
export const filesToTake = many(
  written(
    (ids: string[]) => ({ ids: JSON.stringify(ids) }),
    (db, viewer, { ids }) => db.select().from(macroFiles(db, viewer, ids as never)),
  ),
);

/** What the files of the viewer take, and may take, in bytes; nothing for visitors, and for whose files took none when they last looked: it is told to warn of little room, and the first file leaves enough. */
export const myRoom = maybe(
  onlyIf(
    written(
      () => ({ since: Date.now() - DAY }),
      (db, viewer, { since }) => ownRoom(db, viewer, since),
    ),
    (viewer) => viewer.id !== null && mayHave(viewer, 'files'),
  ),
);

/** The same, of those too whose files take none. */
export const wholeRoom = maybe((db, viewer) => ownRoom(db, viewer, sql`${Date.now() - DAY}`));

/** How much room files have here, for who keeps the settings. Always one row. */
export const roomKept = one((db, viewer) => keptRoom(db, viewer));
