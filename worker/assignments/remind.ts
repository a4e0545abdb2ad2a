import { momentAt } from '../platform/days.ts';
import { invalid } from '../platform/refusal.ts';

/** The moment at which somebody in a time zone wants to be reminded, null where they name no day. Refused when it is over. */
export function reminderAt({ day, time }: { day?: string | undefined; time: string }, zone: string, now: Date): Date | null {
  if (day === undefined) return null;
  const at = new Date(momentAt(zone, Date.parse(`${day}T${time}:00Z`)));
  if (at.getTime() <= now.getTime()) throw invalid({ day: 'Choose a time that is still to come.' });
  return at;
}
