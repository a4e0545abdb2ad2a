import { operation } from '../platform/operation.ts';
import { invalid } from '../platform/refusal.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { NewProvider } from './input.ts';
import { providerBySlugOrNone } from './queries.ts';
import { providers } from './schema.ts';
import { sealed } from './seal.ts';

/** Adds somebody who may say who people are. It is on at once. */
export const addProvider = operation({
  name: 'sso.add-provider',
  input: NewProvider,
  subject: ({ slug }) => providerBySlugOrNone(slug),
  may: freshly(permitted('settings.manage')),
  decide({ db, now, newId, secret }, { clientSecret, ...facts }, other) {
    if (other) throw invalid({ slug: 'Another way in has this address.' });
    const id = newId('pro');
    return {
      statements: [db.insert(providers).values({ id, ...facts, clientSecret: sealed(secret, id, clientSecret), createdAt: now })],
      events: [{ type: 'provider.added', subject: id, revision: 1, data: facts }],
      result: { slug: facts.slug },
    };
  },
});
