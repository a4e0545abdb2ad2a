import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { ProviderChange } from './input.ts';
import { providerBySlug } from './queries.ts';
import { providers } from './schema.ts';
import { sealed } from './seal.ts';

/** Changes what is set of a provider; without a new secret it keeps the one it has. */
export const changeProvider = operation({
  name: 'sso.change-provider',
  input: ProviderChange,
  subject: ({ slug }) => providerBySlug(slug),
  may: freshly(permitted('settings.manage')),
  decide({ db, secret }, { slug, clientSecret, ...wanted }, { id, revision, ...provider }) {
    const to = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(provider[key as keyof typeof provider])));
    const from = Object.fromEntries(Object.keys(to).map((key) => [key, provider[key as keyof typeof provider]]));
    if (Object.keys(to).length === 0 && !clientSecret) return { statements: [], events: [], result: { slug } };
    return {
      statements: [db.update(providers).set({ ...to, ...(clientSecret ? { clientSecret: sealed(secret, id, clientSecret) } : {}) }).where(eq(providers.id, id))],
      events: [{ type: 'provider.changed', subject: id, revision: revision + 1, data: { slug, from, to, isSecretNew: clientSecret !== '' } }],
      result: { slug },
    };
  },
});
