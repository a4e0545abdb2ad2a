import type en from '../en/search.ts';

export default {
  title: 'Αναζήτηση',
  label: 'Τι ψάχνετε;',
  search: 'Αναζήτηση',
  results: { one: '# αποτέλεσμα', other: '# αποτελέσματα' },
  forQuery: (q: string) => `για «${q}»`,
  all: 'Όλα',
  types: { article: 'Άρθρο', topic: 'Θέμα' },
  typesMany: { article: 'Άρθρα', topic: 'Θέματα' },
  nothing: (q: string) => `Δεν βρέθηκε τίποτα για «${q}»`,
  nothingLead: 'Δοκιμάστε λιγότερες ή άλλες λέξεις. Ή ρωτήστε: κάποιος θα ξέρει.',
  ask: 'Ρωτήστε την κοινότητα',
  ticket: 'Άνοιγμα αιτήματος',
  hint: 'Λέξεις σε κάθε μορφή, με ή χωρίς τόνους. Τα "εισαγωγικά" κρατούν λέξεις μαζί, το -λέξη αφαιρεί μία.',
} satisfies typeof en;
