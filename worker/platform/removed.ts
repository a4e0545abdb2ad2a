/** What stands where removed words were, in whichever language they are read. */
export const REMOVED = { body: '*removed · αφαιρέθηκε*', title: '[removed · αφαιρέθηκε]', slug: 'removed' };
