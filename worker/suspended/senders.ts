import { isFreeMail } from '../platform/free-mail.ts';

/** The domain of a mail address. */
export const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/** A mail address without what follows a `+` in it: `anna+one@example.com` and `anna+two@example.com` are one sender. */
export const bareAddress = (address: string) => `${address.slice(0, address.lastIndexOf('@')).replace(/(?<=.)\+.*$/, '')}@${domainOf(address)}`;

/** What a sender is counted by: their domain, or, with a provider that gives addresses to anybody, their address. */
export const senderOf = (address: string) => (isFreeMail(domainOf(address)) ? bareAddress(address) : domainOf(address));

/** What a sender can be trusted by: their address, their domain, and every domain above it. */
export function patternsOf(address: string): string[] {
  const labels = domainOf(address).split('.');
  return [address, ...labels.map((_, i) => labels.slice(i).join('.'))];
}
