import { z } from 'zod';
import { requirePerson, type Route } from '../platform/api.ts';
import { Refusal } from '../platform/refusal.ts';
import * as is from '../platform/shapes.ts';
import { askAgain } from './ask-again.ts';
import { keepFiles } from './keep.ts';
import { wholeRoom } from './queries.ts';
import { partsOf, receive } from './receive.ts';

export const attachmentsApi: Route[] = [
  { method: 'post', path: '/attachments/{id}/check', summary: 'Have a file looked at once more that the scanner never answered for; staff only', response: z.object({ id: z.string() }), handle: (call) => call.run(askAgain, { id: call.params['id'] }) },
  {
    method: 'get', path: '/attachments/room', summary: 'What your files take, and may take, in bytes', response: z.object({ used: is.count, space: is.count }),
    async handle(call) {
      const [room] = await call.portal.load(wholeRoom());
      requirePerson(call);
      return room;
    },
  },
  {
    method: 'post', path: '/attachments', summary: 'Bring files, to be attached by their ids to what you write within a day', files: true, status: 201, response: z.object({ items: z.array(is.attachment) }),
    async handle(call) {
      await call.portal.load();
      requirePerson(call);
      const parts = partsOf(await call.form().catch(() => new FormData()));
      if (parts.length === 0) {
        // Who may not bring any is told so first.
        await call.portal.run(keepFiles, { attachments: [], files: [] });
        throw new Refusal('invalid', 'Send a form (multipart/form-data) with files.', { attachments: 'Choose a file.' });
      }
      const { all, refusal } = await receive({ ...call, ...(call.once ? { once: `api ${call.once}` } : {}) }, parts);
      if (refusal) throw refusal;
      return { items: all };
    },
  },
];
