import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';

interface LetIn {
  to: string;
  locale: Locale;
  /** Name of the account. */
  account: string;
  /** Public address of the workspace. */
  url: string;
}

/** Says that somebody belongs to an account now. */
export const letIn = ({ to, locale, account, url }: LetIn): Letter =>
  letter(
    locale === 'el'
      ? {
          to, locale, purpose: 'let into an account', event: 'let-in', values: { account }, subject: 'Ανήκετε πια στον λογαριασμό της εταιρείας σας',
          lead: [`Το αίτημά σας εγκρίθηκε: ανήκετε στον λογαριασμό «${account}».`],
          action: { label: 'Δείτε τον λογαριασμό σας', url: `${url}/el/account` },
        }
      : { to, locale, purpose: 'let into an account', event: 'let-in', values: { account }, subject: 'You belong to your company’s account now', lead: [`You asked to join, and were let in: you belong to the account “${account}”.`], action: { label: 'See your account', url: `${url}/account` } },
  );
