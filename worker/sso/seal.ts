import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'client secrets of sign-in providers', 32));

/** Text as it is kept: AES-256-GCM (NIST SP 800-38D) under a key of the workspace's secret, bound to what it belongs to. */
export function sealed(secret: string, owner: string, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url')).join('.');
}

/** The text of `sealed`. Throws when it was changed, belongs to something else, or the workspace's secret is another. */
export function unsealed(secret: string, owner: string, kept: string): string {
  const [iv, tag, body] = kept.split('.').map((part) => Buffer.from(part, 'base64url'));
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), iv!, { authTagLength: 16 }).setAAD(Buffer.from(owner)).setAuthTag(tag!);
  return Buffer.concat([decipher.update(body!), decipher.final()]).toString('utf8');
}
