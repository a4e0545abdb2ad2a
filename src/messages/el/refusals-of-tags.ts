/** Why tags, their synonyms and groups are refused. A sentence with `#` is followed by what it names. */
export default {
  'Write one word that is used for the tag.': 'Γράψτε μία λέξη που χρησιμοποιείται αντί για την ετικέτα.',
  'Write the tag that it means.': 'Γράψτε την ετικέτα που σημαίνει.',
  'A tag is no synonym of itself.': 'Μια ετικέτα δεν είναι συνώνυμο του εαυτού της.',
  'This is a synonym already. Remove it first.': 'Είναι ήδη συνώνυμο. Αφαιρέστε το πρώτα.',
  'This tag has synonyms of its own. Remove them first.': 'Αυτή η ετικέτα έχει δικά της συνώνυμα. Αφαιρέστε τα πρώτα.',
  'This is a synonym itself. Write the tag that it means.': 'Είναι και η ίδια συνώνυμο. Γράψτε την ετικέτα που σημαίνει.',
  'Choose one from the list.': 'Διαλέξτε ένα από τη λίστα.',
  'Write two tags or more.': 'Γράψτε δύο ετικέτες ή περισσότερες.',
  'Keep a group under 50 tags.': 'Μια ομάδα έχει έως 50 ετικέτες.',
  'Choose among the tags that there are. New here: #': 'Διαλέξτε από τις ετικέτες που υπάρχουν. Καινούριες εδώ: #',
  'Choose only one of #': 'Διαλέξτε μόνο μία από τις ετικέτες #',
  'This category asks for a tag of #': 'Αυτή η κατηγορία ζητά μια ετικέτα από τις #',
  'These are synonyms: # Write the tags that they mean.': 'Αυτά είναι συνώνυμα: # Γράψτε τις ετικέτες που σημαίνουν.',
};
