import { Refusal } from '../platform/refusal.ts';

const SILENT = /timed? ?out|network|fetch|connect|HTTPS|megabyte|unexpected HTTP response|not allowed|cannot be reached/i;

/** What went wrong on the other side, as a refusal that says what to do. The log keeps the particulars, none of which is secret. */
export const spoken = (provider: string) => (error: unknown): never => {
  if (error instanceof Refusal) throw error;
  const { message, code, error: said, cause } = error as Error & { code?: string; error?: string };
  console.error(JSON.stringify({ provider, code, said, error: message, cause: cause instanceof Error ? cause.message : undefined }));
  if (said === 'access_denied') throw new Refusal('forbidden', 'You stopped before the end. Start again when you like.');
  const isSilent = [message, code, cause instanceof Error ? cause.message : ''].some((text) => SILENT.test(text ?? ''));
  if (isSilent) throw new Refusal('conflict', 'The other side does not answer. Wait a moment and try again, or sign in another way.');
  throw new Refusal('forbidden', 'What the other side answered does not add up. Start again; if it happens once more, tell the people who run this portal.');
};
