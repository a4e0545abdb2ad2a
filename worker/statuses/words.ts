/** What customers read of each kind of status. */
export const customerStatuses = {
  en: { new: 'Received', open: 'In progress', pending: 'Waiting for you', on_hold: 'On hold', solved: 'Solved', closed: 'Closed' },
  el: { new: 'Το λάβαμε', open: 'Σε εξέλιξη', pending: 'Περιμένουμε εσάς', on_hold: 'Σε αναμονή', solved: 'Λύθηκε', closed: 'Κλειστό' },
};

/** Words in both languages. */
export interface Words {
  en: string;
  el: string;
}

/** What customers read of a ticket's status: its own words, where it has any. */
export const statusSaid = (locale: 'en' | 'el', status: keyof (typeof customerStatuses)['en'], own: Words | null | undefined) => own?.[locale] ?? customerStatuses[locale][status];
