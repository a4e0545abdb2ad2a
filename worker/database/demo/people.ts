import type { WrittenLine } from '../../data/line.ts';
import type { Clock } from './clock.ts';

/** Kyma sells online booking to clinics, ferries, studios and shops. These are its customers, and the people on both sides. */
export const people = ({ ago, day }: Clock): WrittenLine[] => [
  { type: 'account', id: 'acme', name: 'Acme Clinics', domains: ['acme.test'], arr: 86_000, currency: 'EUR', renewsOn: day(45), plan: 'Scale', csm: 'cleo' },
  { type: 'account', id: 'olive', name: 'Olive & Sea Tours', domains: ['olive.test'], arr: 24_000, currency: 'EUR', renewsOn: day(140), plan: 'Growth', csm: 'cleo' },
  { type: 'account', id: 'aegean', name: 'Aegean Day Ferries', domains: ['aegean.test'], arr: 240_000, currency: 'EUR', renewsOn: day(210), plan: 'Scale', csm: 'cleo' },
  { type: 'account', id: 'thess', name: 'Φυσιοθεραπεία Βορρά', domains: ['fysio.test'], arr: 9_600, currency: 'EUR', renewsOn: day(20), plan: 'Growth', csm: 'cleo' },
  { type: 'account', id: 'lumen', name: 'Lumen Dental', domains: ['lumen.test'], arr: 41_000, currency: 'GBP', renewsOn: day(75), plan: 'Growth', csm: 'cleo' },
  { type: 'account', id: 'pine', name: 'Pine Street Yoga', domains: ['pine.test'], arr: 3_200, currency: 'USD', renewsOn: day(12), plan: 'Starter', csm: 'cleo' },
  { type: 'account', id: 'harbour', name: 'Harbour Barbers', domains: ['harbour.test'], arr: 5_400, currency: 'GBP', renewsOn: day(300), plan: 'Starter', csm: 'ada' },
  { type: 'account', id: 'nordic', name: 'Nordic Vet Group', domains: ['nordic.test'], arr: 118_000, currency: 'EUR', renewsOn: day(96), plan: 'Scale', csm: 'cleo' },
  { type: 'account', id: 'atlas', name: 'Atlas Language School', domains: ['atlas.test'], arr: 17_500, currency: 'USD', renewsOn: day(33), plan: 'Growth', csm: 'ada' },
  { type: 'account', id: 'bloom', name: 'Bloom Studios', domains: ['bloom.test'], arr: 6_900, currency: 'EUR', renewsOn: day(181), plan: 'Starter', csm: 'ada' },

  { type: 'user', id: 'ada', email: 'ada@stoa.test', name: 'Ada Marsh', role: 'admin', createdAt: ago(400) },
  { type: 'user', id: 'agnes', email: 'agnes@stoa.test', name: 'Agnes Holm', role: 'agent', createdAt: ago(390) },
  { type: 'user', id: 'arno', email: 'arno@stoa.test', name: 'Arno Vidal', role: 'agent', createdAt: ago(380) },
  { type: 'user', id: 'cleo', email: 'cleo@stoa.test', name: 'Cleo Ferris', role: 'csm', createdAt: ago(370) },
  { type: 'user', id: 'mara', email: 'mara@stoa.test', name: 'Mara Quinn', role: 'moderator', createdAt: ago(360) },
  { type: 'user', id: 'chris', email: 'chris@acme.test', name: 'Chris Doyle', account: 'acme', createdAt: ago(300) },
  { type: 'user', id: 'dora', email: 'dora@acme.test', name: 'Dora Lindt', account: 'acme', accountRole: 'admin', createdAt: ago(305) },
  { type: 'user', id: 'nikos', email: 'nikos@olive.test', name: 'Νίκος Ελαιώνας', account: 'olive', locale: 'el', createdAt: ago(280) },
  { type: 'user', id: 'maria', email: 'maria@olive.test', name: 'Μαρία Σταμάτη', account: 'olive', accountRole: 'admin', locale: 'el', createdAt: ago(282) },
  { type: 'user', id: 'petros', email: 'petros@aegean.test', name: 'Πέτρος Καραγιάννης', account: 'aegean', accountRole: 'admin', locale: 'el', createdAt: ago(260) },
  { type: 'user', id: 'eleni', email: 'eleni@fysio.test', name: 'Ελένη Δήμου', account: 'thess', accountRole: 'admin', locale: 'el', createdAt: ago(150) },
  { type: 'user', id: 'hugh', email: 'hugh@lumen.test', name: 'Hugh Penrose', account: 'lumen', accountRole: 'admin', createdAt: ago(240) },
  { type: 'user', id: 'sita', email: 'sita@pine.test', name: 'Sita Rao', account: 'pine', accountRole: 'admin', createdAt: ago(90) },
  { type: 'user', id: 'ben', email: 'ben@harbour.test', name: 'Ben Okafor', account: 'harbour', accountRole: 'admin', createdAt: ago(200) },
  { type: 'user', id: 'ingrid', email: 'ingrid@nordic.test', name: 'Ingrid Solberg', account: 'nordic', accountRole: 'admin', createdAt: ago(220) },
  { type: 'user', id: 'tomas', email: 'tomas@nordic.test', name: 'Tomas Lund', account: 'nordic', createdAt: ago(180) },
  { type: 'user', id: 'yusuf', email: 'yusuf@atlas.test', name: 'Yusuf Demir', account: 'atlas', accountRole: 'admin', createdAt: ago(170) },
  { type: 'user', id: 'lea', email: 'lea@bloom.test', name: 'Léa Martin', account: 'bloom', accountRole: 'admin', createdAt: ago(160) },

  { type: 'category', id: 'news', slug: 'announcements', name: 'Announcements', description: 'What is new in Kyma, from the team.' },
  { type: 'category', id: 'start', slug: 'getting-started', name: 'Getting started', description: 'First calendar, first booking, first questions.' },
  { type: 'category', id: 'calendars', slug: 'calendars', name: 'Calendars & availability', description: 'Opening hours, time zones, double bookings.' },
  { type: 'category', id: 'payments', slug: 'payments', name: 'Payments & invoices', description: 'Cards, deposits, refunds, VAT.' },
  { type: 'category', id: 'reminders', slug: 'reminders', name: 'Reminders & messages', description: 'SMS, e-mail, and the words in them.' },
  { type: 'category', id: 'api', slug: 'api', name: 'API & integrations', description: 'For those who write code.' },
  { type: 'category', id: 'mobile', slug: 'mobile', name: 'Mobile app', description: 'Kyma on phones and tablets.' },
  { type: 'category', id: 'greek', slug: 'ellinika', name: 'Ελληνικά', description: 'Για όσους προτιμούν να γράφουν στα ελληνικά.' },
];
