import { eq } from 'drizzle-orm';
import { operation } from '../platform/operation.ts';
import { freshly, permitted } from '../platform/rules.ts';
import { ProviderSwitch } from './input.ts';
import { providerBySlug } from './queries.ts';
import { providers } from './schema.ts';

/** Opens or closes a way in. Who came in by it stays signed in. */
export const switchProvider = operation({
  name: 'sso.switch-provider',
  input: ProviderSwitch,
  subject: ({ slug }) => providerBySlug(slug),
  may: freshly(permitted('settings.manage')),
  decide({ db }, { isOn }, { id, slug, isOn: from, revision }) {
    return {
      statements: [db.update(providers).set({ isOn }).where(eq(providers.id, id))],
      events: [{ type: 'provider.switched', subject: id, revision: revision + 1, data: { slug, from, to: isOn } }],
      result: { slug, isOn },
    };
  },
});
