/** English sentence of a refusal → Greek. A test finds every sentence that the worker can say. */
const refusals: Record<string, string> = {
  'Only some people can do this.': 'Δεν έχετε δικαίωμα για αυτή την ενέργεια.',
  'Check the fields marked below.': 'Δείτε τα πεδία που σημειώνονται παρακάτω.',
  'Sign in first.': 'Συνδεθείτε πρώτα.',
  'There is nothing here.': 'Δεν υπάρχει τίποτα εδώ.',
  'This token can only read.': 'Αυτό το κλειδί επιτρέπει μόνο ανάγνωση.',
  'Someone changed this a moment ago. Look again, then decide.': 'Κάποιος το άλλαξε πριν από λίγο. Δείτε το ξανά και αποφασίστε.',
  'Write a message.': 'Γράψτε ένα μήνυμα.',
  'Keep it under 50,000 characters.': 'Μείνετε κάτω από 50.000 χαρακτήρες.',
  'Remove the invisible zero characters from this text.': 'Αφαιρέστε τους αόρατους μηδενικούς χαρακτήρες από το κείμενο.',
  'Enter your e-mail address.': 'Γράψτε τη διεύθυνση e-mail σας.',
  'This e-mail address is too long.': 'Αυτή η διεύθυνση e-mail είναι πολύ μεγάλη.',
  'Enter an e-mail address like name@example.com.': 'Γράψτε μια διεύθυνση e-mail όπως onoma@example.com.',
  'Keep each tag under 40 characters.': 'Κάθε ετικέτα έως 40 χαρακτήρες.',
  'Choose at most eight tags.': 'Διαλέξτε έως οκτώ ετικέτες.',
  'This form came in a shape that cannot be read. Send it again.': 'Η φόρμα δεν διαβάζεται. Στείλτε την ξανά.',
  // people
  'Enter your password.': 'Γράψτε τον κωδικό σας.',
  'This password is too long.': 'Αυτός ο κωδικός είναι πολύ μεγάλος.',
  'Too many wrong passwords. Wait ten minutes, then try again.': 'Πολλοί λάθος κωδικοί. Περιμένετε δέκα λεπτά και δοκιμάστε ξανά.',
  'Enter your name.': 'Γράψτε το όνομά σας.',
  'Keep your name under 80 characters.': 'Το όνομα έως 80 χαρακτήρες.',
  'Choose one of the languages.': 'Διαλέξτε μία από τις γλώσσες.',
  'Choose a time zone from the list.': 'Διαλέξτε ζώνη ώρας από τη λίστα.',
  // tickets
  'Say it in a few words.': 'Πείτε το με λίγα λόγια.',
  'Keep the subject under 200 characters.': 'Το θέμα έως 200 χαρακτήρες.',
  'Choose a priority from the list.': 'Διαλέξτε προτεραιότητα από τη λίστα.',
  'Choose a status from the list.': 'Διαλέξτε κατάσταση από τη λίστα.',
  'Choose whether the customer sees this.': 'Διαλέξτε αν το βλέπει ο πελάτης.',
  'Choose someone from the list.': 'Διαλέξτε κάποιον από τη λίστα.',
  'Only staff can do this.': 'Μόνο η ομάδα μπορεί να το κάνει αυτό.',
  'This ticket is closed. Open a new one.': 'Αυτό το αίτημα έχει κλείσει. Ανοίξτε νέο.',
  'This ticket is closed. Nothing in it can be changed.': 'Αυτό το αίτημα έχει κλείσει. Τίποτα σε αυτό δεν αλλάζει πια.',
  'This ticket is already solved.': 'Αυτό το αίτημα είναι ήδη λυμένο.',
  'This ticket is open already.': 'Αυτό το αίτημα είναι ήδη ανοιχτό.',
  'A new message came while you were writing. Read it, then send yours again.': 'Ήρθε νέο μήνυμα ενώ γράφατε. Διαβάστε το και στείλτε ξανά το δικό σας.',

  // forum
  'Choose a category.': 'Διαλέξτε κατηγορία.',
  'Write a title.': 'Γράψτε έναν τίτλο.',
  'Keep the title under 200 characters.': 'Ο τίτλος έως 200 χαρακτήρες.',
  'Choose one of the kinds.': 'Διαλέξτε ένα από τα είδη.',
  'Only staff and moderators announce.': 'Ανακοινώσεις κάνουν μόνο το προσωπικό και οι συντονιστές.',
  'The question itself cannot be its answer.': 'Η ίδια η ερώτηση δεν μπορεί να είναι η απάντησή της.',

  // help centre
  'Say yes or no.': 'Πείτε ναι ή όχι.',

  // API
  'The body has to be a JSON object.': 'Το σώμα πρέπει να είναι αντικείμενο JSON.',
  'This token is not valid, or not any more.': 'Αυτό το κλειδί δεν ισχύει, ή δεν ισχύει πια.',
};

export default refusals;
