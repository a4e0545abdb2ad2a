import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { bound, markOf } from '../platform/repeat.ts';
import { anyone } from '../platform/rules.ts';
import { Keeping } from './input.ts';
import { MOST_FILES } from './limits.ts';
import { keptAttachments } from './queries.ts';
import { pacedFiles, roomFor } from './quota.ts';
import { attachments } from './schema.ts';

/**
 * Makes room for files that came in, beside those that were kept before, and answers with all of them. Their bytes are stored after it; nobody sees the
 * files until they are attached. The same file in the same form has the same id: sent twice, it is kept once.
 */
export const keepFiles = operation({
  name: 'attachments.keep',
  input: Keeping,
  subject: ({ attachments: kept, files }) => keptAttachments([...kept, ...files.map(({ id }) => id)]),
  may: anyone,
  decide({ db, viewer, now }, { attachments: kept, files, network, verdict, once }, there) {
    const before = kept.map((id) => there.find((one) => one.id === id)).filter((one) => one !== undefined);
    const fresh = files.filter(({ id }) => !there.some((one) => one.id === id));
    const all = [...before, ...files.filter(({ id }) => !kept.includes(id)).map((file) => ({ ...file, verdict: there.find(({ id }) => id === file.id)?.verdict ?? verdict }))];
    if (all.length > MOST_FILES) throw invalid({ attachments: 'Attach at most ten files.' });
    const guard = roomFor(viewer, fresh.reduce((sum, { size }) => sum + size, 0), now);
    return {
      ...(guard && fresh.length > 0 ? { guard } : {}),
      statements: [...pacedFiles(db, viewer, fresh.length, network, now), ...fresh.map((file) => db.insert(attachments).values({ ...file, verdict, ownerId: viewer.id, createdAt: now }).onConflictDoNothing()), ...(once ? [bound(markOf(viewer, 'attachments.keep', once, [...kept, ...files.map(({ id }) => id)]), now)] : [])],
      events: [],
      result: { all: all.map(({ id, name, type, size, width, height, verdict: one }) => ({ id, name, type, size, width, height, verdict: one })) },
    };
  },
});
