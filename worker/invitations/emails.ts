import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';

/** What letters of invitation are called in the log of mail. */
export const INVITATION = 'invitation';

interface Invited {
  to: string;
  locale: Locale;
  /** Name of the account they are invited into. */
  account: string | null;
  /** Public address of the workspace. */
  url: string;
  /** What the link carries. */
  secret: string;
}

/** Invites somebody. Says nothing that a stranger chose: not who invites, nor how they call the invited. */
export function invited({ to, locale, account, url, secret }: Invited): Letter {
  const common = { to, locale, purpose: INVITATION, event: 'invitation', values: { account: account ?? '' } };
  if (locale === 'el')
    return letter({
      ...common,
      subject: 'Έχετε πρόσκληση για την πύλη πελατών μας',
      lead: [account ? `Σας προσκαλούν στον λογαριασμό «${account}» της πύλης μας. Εκεί θα βρίσκετε απαντήσεις, θα ρωτάτε την κοινότητα και θα παρακολουθείτε τα αιτήματά σας.` : 'Σας προσκαλούν στην πύλη μας.'],
      action: { label: 'Αποδοχή της πρόσκλησης', url: `${url}/el/invitation?key=${secret}` },
      end: ['Ο σύνδεσμος ισχύει για επτά ημέρες και για μία φορά. Αν δεν περιμένατε αυτό το μήνυμα, δεν χρειάζεται να κάνετε τίποτα.'],
    });
  return letter({
    ...common,
    subject: 'You are invited to our customer portal',
    lead: [account ? `You are invited to the account “${account}” in our portal, to find answers, ask the community and follow your tickets.` : 'You are invited to our portal.'],
    action: { label: 'Accept the invitation', url: `${url}/invitation?key=${secret}` },
    end: ['The link works once, within seven days. If you did not expect this, there is nothing you need to do.'],
  });
}
