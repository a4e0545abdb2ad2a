/** What is refused about the health of accounts. */
export default {
  'Write a number from 0 to 1,000.': 'Γράψτε έναν αριθμό από 0 έως 1.000.',
  'Give at least one group some weight.': 'Δώστε βάρος σε μία ομάδα τουλάχιστον.',
  'Give at least one measure of this group some weight, or the group none.': 'Δώστε βάρος σε μία μέτρηση της ομάδας τουλάχιστον, ή κανένα στην ομάδα.',
  'Write a whole number from 0 to 100.': 'Γράψτε έναν ακέραιο από 0 έως 100.',
  'Say why, in a sentence.': 'Πείτε τον λόγο, με μία φράση.',
  'Write an address that begins with https:// or with a slash.': 'Γράψτε μια διεύθυνση που αρχίζει με https:// ή με κάθετο.',
  'Choose a day within the next 90 days.': 'Διαλέξτε ημέρα μέσα στις επόμενες 90.',
  'This counts no longer.': 'Αυτό δεν ισχύει πια.',
};
