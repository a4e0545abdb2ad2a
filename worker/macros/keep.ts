import { eq } from 'drizzle-orm';
import { attaching, filesStay } from '../attachments/schema.ts';
import { MOST_FILES } from '../attachments/access.ts';
import { macroFindable } from '../beside/schema.ts';
import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { raw } from '../platform/statement.ts';
import { can } from '../platform/viewer.ts';
import { keepers } from './access.ts';
import { answered, Macro } from './input.ts';
import { macroToKeep } from './queries.ts';
import { macros } from './schema.ts';

/** Makes a macro, or changes the one of this id. Everyone's are for who may manage them, whoever had it before, and those of a group for its members. */
export const keepMacro = operation({
  name: 'macros.keep',
  input: Macro,
  subject: ({ id, whose, group, actions }) => macroToKeep(id, whose, group, actions.status),
  may: keepers,
  decide(setting, { id: known, whose, group, folder = '', files, ...said }, macro) {
    const { db, viewer, now, newId } = setting;
    if (whose === 'all' && !can(viewer, 'macros.manage')) throw invalid({ whose: 'Your role may not write macros for everyone.' });
    if (whose === 'group' && !macro.mayGive) throw invalid({ group: 'Choose a group that you are in.' });
    if (said.actions.status?.startsWith('sts_') && !answered.some((one) => one === macro.chosenCategory)) throw invalid({ status: 'Choose a status from the list.' });
    if ((files.stay ?? macro.files).length + files.come.length > MOST_FILES) throw invalid({ attachments: 'Attach at most ten files.' });
    if (files.come.length > 0 && Object.keys(said.texts).length === 0) throw invalid({ en: 'Write the text that the files come with.' });
    const id = known ?? newId('mac');
    const kept = { ...said, folder, ownerId: whose === 'own' ? viewer.id : null, groupId: whose === 'group' ? group : null, updatedAt: now };
    return {
      statements: [
        known === undefined ? db.insert(macros).values({ id, ...kept, createdAt: now }) : db.update(macros).set(kept).where(eq(macros.id, id)),
        ...(known !== undefined && files.stay ? [filesStay(id, files.stay)] : []),
        ...attaching(setting, files.come, { macro: id }),
        ...macroFindable({ id, name: said.name, texts: said.texts }).map(({ sql, args }) => raw(sql, args)),
      ],
      events: [{ type: known === undefined ? 'macro.made' : 'macro.changed', subject: id, revision: macro.revision + 1, data: { name: said.name, folder, whose } }],
      result: { id },
    };
  },
});
