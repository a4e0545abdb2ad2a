import { type Letter, letter } from '../platform/mail.ts';
import type { Locale } from '../platform/viewer.ts';

interface SignIn {
  to: string;
  locale: Locale;
  /** `Firefox on Linux`; empty when unknown. */
  device: string;
  /** Country or network; empty when unknown. */
  place: string;
  at: Date;
  url: string;
}

const day = (locale: Locale, at: Date) => new Intl.DateTimeFormat(locale === 'el' ? 'el-GR' : 'en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at);

/** Says that somebody signed in with something that was not seen before. */
export function newDevice({ to, locale, device, place, at, url }: SignIn): Letter {
  const from = [device, place].filter(Boolean).join(', ');
  const when = `${day(locale, at)} UTC`;
  const words =
    locale === 'el'
      ? {
          subject: 'Νέα σύνδεση στον λογαριασμό σας',
          lead: ['Συνδεθήκατε από συσκευή που δεν είχαμε ξαναδεί.', from ? `${from} · ${when}` : when],
          action: { label: 'Δείτε πού είστε συνδεδεμένοι', url: `${url}/el/settings/security` },
          end: ['Αν ήσασταν εσείς, δεν χρειάζεται να κάνετε τίποτα. Αν όχι, αλλάξτε αμέσως τον κωδικό σας: όλες οι άλλες συνδέσεις τελειώνουν.'],
        }
      : {
          subject: 'A new sign-in to your account',
          lead: ['You signed in with a device that we had not seen before.', from ? `${from} · ${when}` : when],
          action: { label: 'See where you are signed in', url: `${url}/settings/security` },
          end: ['If it was you, there is nothing to do. If it was not, change your password now: every other session ends.'],
        };
  return letter({ to, locale, purpose: 'new-device', event: 'new-device', values: { device: from, when }, ...words });
}
