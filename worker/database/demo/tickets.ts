import type { WrittenLine } from '../../data/line.ts';
import type { Clock } from './clock.ts';
import { ticket } from './talk.ts';

/** What customers wrote in private, and what the team said to them and among themselves. */
export const tickets = (clock: Clock): WrittenLine[] => [
  ...ticket(clock, 'k-dst', 'dora', 25, 'Double bookings after the clock change, again', { status: 'open', priority: 'urgent', assignee: 'agnes', tags: ['dst', 'double-booking'] }, [
    ['dora', 0, 'This is the third clock change with double bookings. Four clinics, eleven patients turned away, and a letter from our board. I need a date, not a workaround.'],
    ['agnes', 2, 'Dora, I am sorry. I have the eleven bookings in front of me and have asked engineering for a date today.'],
    ['note:agnes', 1, 'Acme renews in weeks. @cleo this one needs you. Engineering says the fix touches recurring exceptions too.'],
    ['note:cleo', 3, 'Called Dora. She compares us with a competitor. She wants the date in writing and a test she can run herself before the March change.'],
    ['dora', 90, 'It has been four days. The board meets on Thursday.'],
    ['cleo', 5, 'Dora, the fix ships on the 9th. I have attached the test our engineers ran and booked you half an hour with the one who wrote it.'],
    ['dora', 300, 'We ran the test. Room 3 still offers the repeated hour. Screens follow.'],
  ]),
  ...ticket(clock, 'k-export', 'chris', 6, 'Export of all bookings for an audit', { status: 'pending', priority: 'high', assignee: 'arno', tags: ['export'] }, [
    ['chris', 0, 'Our auditor wants every booking of the year with who changed it. The export has no "changed by" column.'],
    ['arno', 5, 'The audit export has it: **Reports → Audit → Bookings**. It is limited to 90 days a file, so four files make your year. Does that do?'],
  ]),
  ...ticket(clock, 'k-logout', 'ben', 2, 'Signed out of the app every day', { status: 'new', priority: 'normal', tags: ['mobile', 'sign-in'] }, [['ben', 0, 'As I wrote in the community: the app forgets me every morning. Version 8.2 on an iPhone 15.']]),
  ...ticket(clock, 'k-outlook', 'hugh', 4, 'Outlook calendar is slow and missed two changes', { status: 'open', priority: 'high', assignee: 'arno', tags: ['outlook', 'sync'] }, [
    ['hugh', 0, 'Two moved appointments never reached Outlook. The others come after twenty minutes.'],
    ['arno', 3, 'I see both: Microsoft answered "too many requests" and our retry gave up. I am raising your limit and have sent the two again.'],
    ['hugh', 40, 'Better, thank you. But the twenty minutes remain.'],
  ]),
  ...ticket(clock, 'k-vat', 'yusuf', 13, 'Please issue October invoices again', { status: 'solved', priority: 'normal', assignee: 'agnes', tags: ['invoices', 'vat'] }, [
    ['yusuf', 0, 'With the VAT number this time. Number is TR1234567890.'],
    ['agnes', 4, 'Done: all seven, same numbers, with your VAT number printed.'],
    ['yusuf', 2, 'Perfect, our accountant smiled. First time this year.'],
  ]),
  ...ticket(clock, 'k-sms', 'sita', 8, 'Refund for SMS that arrived too late', { status: 'solved', priority: 'low', assignee: 'arno', tags: ['sms', 'billing'] }, [
    ['sita', 0, 'Ninety texts went out an hour late because of the sending window. Could you credit them?'],
    ['note:arno', 1, 'Their setting, but the label is misleading. Crediting.'],
    ['arno', 1, 'The setting was yours, the confusing label is ours. I have credited all ninety.'],
    ['sita', 3, 'That is kind. Staying with you for it.'],
  ]),
  ...ticket(clock, 'k-seats', 'ingrid', 11, 'Forty more seats for two new clinics', { status: 'open', priority: 'normal', assignee: 'cleo', tags: ['upgrade'] }, [
    ['ingrid', 0, 'We open in Bergen and Tromsø in January. Forty more people, same terms?'],
    ['cleo', 6, 'Congratulations! I will send an offer tomorrow with the volume step you are close to.'],
    ['ingrid', 50, 'The offer looks right. Legal reads it this week.'],
  ]),
  ...ticket(clock, 'k-ferry', 'petros', 3, 'Κρατήσεις που χάνονται όταν πέφτει το δίκτυο στο πλοίο', { status: 'open', priority: 'urgent', assignee: 'agnes', tags: ['offline', 'mobile'] }, [
    ['petros', 0, 'Όταν δεν υπάρχει σήμα ανοιχτά, οι κρατήσεις που γράφει το πλήρωμα στο τάμπλετ χάνονται. Χθες χάθηκαν δεκατέσσερις.'],
    ['agnes', 3, 'Πέτρο, το βλέπω τώρα. Μπορείτε να μου στείλετε το αρχείο καταγραφής από **Ρυθμίσεις → Βοήθεια → Αρχείο**; Μην αποσυνδέσετε το τάμπλετ, ίσως σώζονται.'],
    ['petros', 20, 'Το έστειλα. Βρήκαμε τις εννέα από τις δεκατέσσερις.'],
  ]),
  ...ticket(clock, 'k-hours-el', 'nikos', 7, 'Μεταφορά κρατήσεων σε νέο χώρο', { status: 'pending', priority: 'normal', assignee: 'agnes', tags: ['ημερολόγιο'] }, [
    ['nikos', 0, 'Έφτιαξα χώρο για κάθε βάρκα. Μπορείτε να μεταφέρετε τις 60 παλιές κρατήσεις μαζικά;'],
    ['agnes', 6, 'Μπορώ. Πείτε μου μόνο ποια βάρκα παίρνει τις κρατήσεις των 10:30, γιατί ταιριάζουν σε δύο.'],
  ]),
  ...ticket(clock, 'k-sms-el', 'eleni', 4, 'Αργούν οι υπενθυμίσεις SMS', { status: 'new', priority: 'high', tags: ['sms', 'υπενθυμίσεις'] }, [['eleni', 0, 'Τρεις ασθενείς έχασαν τη συνεδρία τους επειδή το μήνυμα ήρθε αργά. Η συνδρομή μας λήγει σε λίγες μέρες και σκέφτομαι αν θα την ανανεώσω.']]),
  ...ticket(clock, 'k-invoice-el', 'maria', 30, 'Τιμολόγιο στο όνομα της εταιρείας', { status: 'closed', priority: 'normal', assignee: 'arno', tags: ['τιμολόγια'] }, [
    ['maria', 0, 'Το τιμολόγιο Οκτωβρίου βγήκε στο όνομά μου αντί της εταιρείας.'],
    ['arno', 5, 'Το εξέδωσα ξανά στην επωνυμία της εταιρείας και ακύρωσα το παλιό.'],
    ['maria', 2, 'Το έλαβα, ευχαριστώ.'],
  ]),
  ...ticket(clock, 'k-color', 'lea', 18, 'Colours of our booking page', { status: 'solved', priority: 'low', assignee: 'agnes', tags: ['design'] }, [
    ['lea', 0, 'Can the button be the green of our logo, #2f6b4f?'],
    ['agnes', 3, 'Yes: **Design → Colours → Accent**. I tried it, white text on it is readable.'],
  ]),
  ...ticket(clock, 'k-api', 'tomas', 5, 'Rate limit on the availability endpoint', { status: 'on_hold', priority: 'normal', assignee: 'arno', tags: ['api'] }, [
    ['tomas', 0, 'We poll availability for 60 vets each minute and get 429. Is there a bulk call?'],
    ['arno', 6, 'Not yet. I have asked engineering whether the one they test can be opened to you.'],
    ['note:arno', 0, 'Waiting for platform. Tomas would be a good first user.'],
  ]),
];
