export const sources = ['topic', 'post', 'ticket', 'message', 'idea', 'survey'] as const;
export type Source = (typeof sources)[number];
