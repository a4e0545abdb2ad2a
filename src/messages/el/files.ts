import type en from '../en/files.ts';

export default {
  label: 'Αρχεία',
  hint: 'Έως 10 αρχεία, έως 25 MB το καθένα. Από τις εικόνες αφαιρούμε πού και πότε τραβήχτηκαν.',
  kept: 'Αρχεία που ήρθαν ήδη μαζί',
  keptHint: 'Ξετσεκάρετε όσα δεν θέλετε να σταλούν.',
  list: 'Αρχεία',
  kinds: { 'image/png': 'Εικόνα PNG', 'image/jpeg': 'Εικόνα JPEG', 'image/gif': 'Εικόνα GIF', 'image/webp': 'Εικόνα WebP', 'image/heic': 'Εικόνα HEIC', 'application/pdf': 'PDF', 'application/zip': 'Συμπιεσμένο ZIP', 'application/gzip': 'Συμπιεσμένο GZIP', 'video/mp4': 'Βίντεο', 'text/plain': 'Κείμενο' },
  unknown: 'Αρχείο',
  toolbar: 'Μορφοποίηση',
  tools: ['Έντονα', 'Πλάγια', 'Σύνδεσμος', 'Παράθεση', 'Κώδικας', 'Λίστα'],
  people: 'Πρόσωπα για αναφορά',
  peopleCount: '# πρόσωπα. Διαλέγετε με τα βέλη, παίρνετε με το Enter.',
  sending: 'Αποστολή #',
  sent: 'Επισυνάφθηκε: #.',
  failed: 'Το αρχείο δεν στάλθηκε. Το κείμενό σας είναι όπως ήταν.',
  tooLargeTitle: 'Πάρα πολλά μαζί',
  tooLargeLead: 'Όλα τα αρχεία μιας φόρμας μαζί φτάνουν έως 32 MB. Γυρίστε πίσω: όσα γράψατε είναι ακόμη εκεί. Στείλτε λιγότερα αρχεία κάθε φορά.',
} satisfies typeof en;
