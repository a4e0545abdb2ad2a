import type { WrittenLine } from '../../data/line.ts';
import type { Clock } from './clock.ts';

/** Ideas, votes on them, and answers to surveys. */
export const voices = ({ ago }: Clock): WrittenLine[] => [
  { type: 'idea', id: 'i-offline', author: 'petros', title: 'Keep working without a signal', body: 'Crews write bookings at sea. Keep them on the tablet and send them in port.', status: 'planned', createdAt: ago(60) },
  { type: 'idea', id: 'i-family', author: 'lea', title: 'One booking for several people', body: 'Parents book for two children. One form, two places.', status: 'open', createdAt: ago(20) },
  { type: 'idea', id: 'i-bulk', author: 'tomas', title: 'Availability of many people in one call', body: 'An endpoint that takes a list of calendars.', status: 'open', createdAt: ago(16) },
  { type: 'vote', on: 'i-offline', author: 'nikos' },
  { type: 'vote', on: 'i-offline', author: 'maria' },
  { type: 'vote', on: 'i-family', author: 'sita' },
  { type: 'vote', on: 'i-bulk', author: 'ingrid' },
  { type: 'survey', id: 's-dora', kind: 'nps', user: 'dora', score: 3, comment: 'Good people, but a calendar I cannot trust twice a year.', createdAt: ago(15) },
  { type: 'survey', id: 's-nikos', kind: 'nps', user: 'nikos', score: 10, comment: 'Απαντούν γρήγορα και στα ελληνικά.', createdAt: ago(10) },
  { type: 'survey', id: 's-ingrid', kind: 'nps', user: 'ingrid', score: 9, comment: 'Would be ten with offline and a bulk API.', createdAt: ago(40) },
  { type: 'survey', id: 's-eleni', kind: 'csat', user: 'eleni', score: 2, comment: 'Περίμενα δύο μέρες για απάντηση.', createdAt: ago(3) },
  { type: 'survey', id: 's-sita', kind: 'csat', user: 'sita', score: 5, comment: 'Credited without a fight.', createdAt: ago(7) },
];
