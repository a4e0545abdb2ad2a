import type { WrittenLine } from '../../data/line.ts';
import type { Clock } from './clock.ts';
import { topic } from './talk.ts';

/** Months of a community, in short. */
export const topics = (clock: Clock): WrittenLine[] => [
  ...topic(clock, 't-dst', 'calendars', 'chris', 26, 'problem', 'Double bookings on the Sunday the clocks changed', ['dst', 'double-booking'],
    'We run four clinics on one shared calendar. On the Sunday the clocks went back, the hour from 03:00 to 04:00 was offered twice, and two night nurses were booked for the same slot.\n\nHas anyone seen this? Our time zone is `Europe/Athens` and every room has **the same opening hours**.\n\n1. Slot 03:15 booked by the portal at 22:10\n2. Slot 03:15 booked again by phone at 22:40\n3. No warning in either place',
    [
      ['ingrid', 3, 'We had it in Oslo as well, two years in a row. The second 03:15 is a different instant, so strictly it is not a double booking, but try telling that to the owner of a Labrador.'],
      ['agnes', 20, 'Thank you both. This is ours: availability was worked out in wall-clock time, so the repeated hour counted twice. A fix is in review. Until then, close the room for that one hour under **Calendar → Exceptions**.'],
      ['dora', 30, 'Agnes, "until then" has been the answer since last spring. We have nurses who no longer trust the calendar and keep a paper list beside it. When does the fix ship?'],
      ['cleo', 4, 'Dora, I have written to you directly with the date and with who is on it. You should not have had to ask twice.'],
    ]),
  ...topic(clock, 't-sms', 'reminders', 'sita', 9, 'question', 'SMS reminders arrive an hour late', ['sms', 'reminders'],
    'Our 18:00 class gets its "starts in two hours" text at 17:00. Only since last week. What should I check?',
    [
      ['ben', 2, 'Same at the barber shop, but forty minutes, not an hour. Customers laugh, then they are late.'],
      ['✓arno', 18, 'Look at **Reminders → Sending window**. If it ends at 16:00, texts wait for the next slot of our SMS provider. Set it to end at 20:00 and they leave on time:\n\n```json\n{ "sendingWindow": { "from": "08:00", "until": "20:00" } }\n```'],
      ['sita', 1, 'That was it. Somebody had set it to 16:00 "to save money". Thank you!'],
    ]),
  ...topic(clock, 't-vat', 'payments', 'yusuf', 14, 'question', 'Invoices without our VAT number', ['invoices', 'vat'],
    'Our accountant sends invoices back because the VAT number is missing. It is filled in under *Company*. What else is needed?',
    [
      ['hugh', 5, 'Ours came back too. It seems to need the country prefix: `GB123456789`, not `123456789`.'],
      ['✓agnes', 15, 'Hugh is right: without the prefix the number is kept but not printed. We will say so beside the field. To print old invoices again choose **Invoices → More → Issue again**.'],
    ]),
  ...topic(clock, 't-webhook', 'api', 'tomas', 5, 'question', 'How do I verify the signature of a webhook?', ['webhooks', 'typescript'],
    'The docs say HMAC-SHA-256 over timestamp and body. My hash never matches. What I do:\n\n```ts\nconst expected = createHmac("sha256", secret)\n  .update(JSON.stringify(request.body))\n  .digest("hex");\n```\n\nAny idea?',
    [
      ['✓lea', 2, 'You hash the body *after* parsing it. `JSON.stringify` does not give the same bytes back. Keep the raw text:\n\n```ts\nconst raw = await request.text();\nconst expected = createHmac("sha256", secret)\n  .update(`${timestamp}.${raw}`)\n  .digest("hex");\n```\n\nAnd compare with `timingSafeEqual`.'],
      ['tomas', 1, 'Works. I read that line of the docs ten times and still parsed first.'],
    ]),
  ...topic(clock, 't-outlook', 'calendars', 'hugh', 3, 'question', 'Outlook sync takes twenty minutes', ['outlook', 'sync'], 'A booking made in Kyma shows in Outlook after about twenty minutes. The other way round it is instant. Is this expected? Two dentists share a room and twenty minutes is a filling.'),
  ...topic(clock, 't-logout', 'mobile', 'ben', 2, 'problem', 'The app signs me out every morning', ['ios', 'sign-in'], 'iPhone, newest version. Every morning at eight I type my password with shaving cream on my hands. Settings say "stay signed in".',
    [['lea', 6, 'Android is fine here, if that narrows it down.']]),
  ...topic(clock, 't-import', 'start', 'lea', 31, 'question', 'Bringing 4,000 customers over from a spreadsheet', ['import'], 'We leave another booking system next month. Can I bring customers with their notes and past visits, or only names and phone numbers?',
    [
      ['mara', 3, 'I did this last year with 2,500. Names, phones, e-mail and notes come over. Past visits do not, but you can put the last one into the notes column.'],
      ['✓arno', 20, 'What Mara says, and a tip: try it with ten rows first, **Customers → Import → Try without saving**. It shows every row it would refuse and why.'],
    ]),
  ...topic(clock, 't-deposit', 'payments', 'sita', 40, 'discussion', 'Do you ask for deposits? What happened to no-shows?', ['deposits', 'no-shows'], 'Thinking about a 5 dollar deposit for evening classes. Afraid of scaring people away. How did it go for you?',
    [
      ['ben', 8, 'No-shows went from nine a week to two. Nobody complained, one uncle excepted.'],
      ['ingrid', 15, 'We ask only new clients, and give it back at the first visit. No-shows halved.'],
      ['yusuf', 30, 'For courses we take the whole fee and it is simply how courses work. I think it depends on whether people pay per visit.'],
    ]),
  ...topic(clock, 't-zones', 'calendars', 'yusuf', 55, 'question', 'Students in five time zones, one teacher', ['time-zones'], 'Students book from Istanbul to Lima. Everyone should see their own time, the teacher hers. Where is that set?',
    [['✓agnes', 6, 'Under **Calendar → Display**: choose *visitor’s own zone*. The teacher’s zone is on her profile. Reminders follow the student.']]),
  ...topic(clock, 't-release', 'news', 'ada', 12, 'announcement', 'November: faster calendar, deposits for groups, Greek invoices', ['release'], 'Three things you asked for:\n\n- The week view opens **three times faster** with more than ten rooms.\n- Deposits now work for group bookings.\n- Invoices in Greek, with the myDATA mark.\n\nTell us what we broke.',
    [
      ['petros', 5, 'Τα ελληνικά τιμολόγια δουλεύουν μια χαρά. Ευχαριστούμε!'],
      ['ingrid', 20, 'The week view is really fast now. Our front desk noticed before I read this.'],
    ]),
  ...topic(clock, 't-minors', 'start', 'lea', 1, 'question', 'Can a parent book for two children at once?', [], 'Saturday pottery has places for children. Parents ask to book two places under one name. At the moment they fill the form twice, and sometimes the second place is gone.'),
  ...topic(clock, 't-hours-el', 'greek', 'nikos', 7, 'question', 'Διαφορετικό ωράριο για κάθε βάρκα', ['ωράριο'], 'Έχουμε τρεις βάρκες με άλλες ώρες αναχώρησης. Στο ημερολόγιο όμως βάζω ένα μόνο ωράριο. Πώς το χωρίζω ανά βάρκα;',
    [
      ['petros', 4, 'Εμείς φτιάξαμε έναν «χώρο» για κάθε πλοίο. Κάθε χώρος έχει δικό του ωράριο και δικές του εξαιρέσεις.'],
      ['✓agnes', 16, 'Ακριβώς όπως το λέει ο Πέτρος: **Ημερολόγιο → Χώροι → Νέος χώρος**. Οι κρατήσεις που υπάρχουν ήδη μένουν στον παλιό χώρο, μεταφέρετέ τες με το μενού της κράτησης.'],
      ['nikos', 3, 'Το έκανα, δουλεύει. Σας ευχαριστώ και τους δύο.'],
    ]),
  ...topic(clock, 't-sms-el', 'greek', 'eleni', 4, 'problem', 'Οι υπενθυμίσεις SMS φεύγουν αργά', ['sms', 'υπενθυμίσεις'], 'Οι ασθενείς παίρνουν το μήνυμα αφού έχει αρχίσει η συνεδρία. Έχω βάλει «δύο ώρες πριν». Συμβαίνει και σε άλλους;',
    [['nikos', 5, 'Ναι, και σε εμάς την προηγούμενη εβδομάδα, μία ώρα καθυστέρηση.']]),
  ...topic(clock, 't-pay-el', 'greek', 'maria', 22, 'question', 'Πώς γίνεται η επιστροφή μιας πληρωμής;', ['πληρωμές', 'επιστροφές'], 'Ακυρώθηκε εκδρομή λόγω ανέμου και θέλω να επιστρέψω τα χρήματα σε όλους μαζί. Γίνεται;',
    [['✓arno', 10, 'Γίνεται: ανοίξτε την εκδρομή, **Κρατήσεις → Επιλογή όλων → Επιστροφή**. Τα χρήματα φτάνουν σε τρεις έως πέντε εργάσιμες ημέρες και ο καθένας λαμβάνει e-mail.']]),
];
