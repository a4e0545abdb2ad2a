/** What people agree to, and the version of each that is in force. Change the version with the words in `content/pages`: everybody is asked anew. */
export const wordings = { terms: '2026-11', privacy: '2026-11' } as const;

export type Wording = keyof typeof wordings;
