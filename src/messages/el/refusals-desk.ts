/** What macros, letters and the ticket's screen refuse, in Greek. */
const desk: Record<string, string> = {
  'Write a text.': 'Γράψτε ένα κείμενο.',
  'Keep it under 20,000 characters.': 'Γράψτε έως 20.000 χαρακτήρες.',
  'Use only these placeholders.': 'Χρησιμοποιήστε μόνο αυτές τις θέσεις:',
  'Write a subject.': 'Γράψτε ένα θέμα.',
  'Keep it under 5,000 characters.': 'Γράψτε έως 5.000 χαρακτήρες.',
  'Write a folder.': 'Γράψτε έναν φάκελο.',
  'Keep the folder under 60 characters.': 'Γράψτε τον φάκελο με έως 60 χαρακτήρες.',
  'Choose whose it is.': 'Διαλέξτε σε ποιον ανήκει.',
  'Write a text, or choose what it changes.': 'Γράψτε ένα κείμενο ή διαλέξτε τι αλλάζει.',
  'Your role may not write macros for everyone.': 'Ο ρόλος σας δεν επιτρέπει μακροεντολές για όλους.',
  'Your role may not change tickets.': 'Ο ρόλος σας δεν επιτρέπει αλλαγές στα αιτήματα.',
  'A colleague is sending an answer right now, or a new message came. Read it, then send yours again.': 'Μια απάντηση συναδέλφου φεύγει αυτή τη στιγμή, ή ήρθε νέο μήνυμα. Διαβάστε το και στείλτε ξανά τη δική σας.',
  'This answer is on its way already, or was taken back.': 'Αυτή η απάντηση έχει ήδη σταλεί ή αναιρέθηκε.',
  'Write a whole number from 0 to 60.': 'Γράψτε έναν ακέραιο από 0 έως 60.',
  'Choose until when.': 'Διαλέξτε μέχρι πότε.',
  'Choose a day.': 'Διαλέξτε μια ημέρα.',
  'Choose a day that is still to come.': 'Διαλέξτε μια ημέρα που δεν έχει περάσει.',
  'Choose the day on which it is closed.': 'Διαλέξτε την ημέρα που θα κλείσει.',
  'This ticket is solved. There is nothing to wait for.': 'Αυτό το αίτημα έχει λυθεί. Δεν περιμένει κάτι.',
  'This ticket is in the queue already.': 'Αυτό το αίτημα είναι ήδη στην ουρά.',
  'They ask this themselves.': 'Το αίτημα είναι δικό του.',
  'Ten people are copied on this ticket. Remove one first.': 'Το αίτημα κοινοποιείται ήδη σε δέκα πρόσωπα. Αφαιρέστε πρώτα ένα.',
  'You can only take yourself out.': 'Μπορείτε να αφαιρέσετε μόνο τον εαυτό σας.',
};

export default desk;
