import type en from '../en/sso.ts';

export default {
  with: (name: string) => `Συνέχεια με ${name}`,
  title: (name: string) => `Σύνδεση με ${name}`,
  lead: (name: string) => `Αποδεικνύετε ποιοι είστε στο ${name} και επιστρέφετε εδώ συνδεδεμένοι. Ο κωδικός σας εκεί μένει εκεί.`,
  going: (name: string) => `Στον δρόμο για το ${name}`,
  goingLead: 'Ο περιηγητής σας συνεχίζει μόνος του. Αν όχι, ακολουθήστε τον σύνδεσμο.',
  notIn: 'Δεν έχετε συνδεθεί ακόμη',
  again: 'Ξεκινήστε πάλι',
  otherWays: 'Άλλοι τρόποι σύνδεσης',
  fromProduct: 'Σύνδεση από το προϊόν σας',
  goOnAs: (name: string) => `Συνέχεια ως ${name};`,
  goOnLead: (email: string) => `Πρόκειται να συνδεθείτε ως ${email}. Αν δεν είστε εσείς, κλείστε τη σελίδα.`,
  goOn: 'Σύνδεση',
  noToken: 'Κάτι λείπει από τον σύνδεσμο. Επιστρέψτε από όπου ήρθατε και δοκιμάστε ξανά.',
} satisfies typeof en;
