import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];

const keyOf = (secret: string, purpose: string) => createHmac('sha256', secret).update(`sealed\n${purpose}`).digest();

/** Bytes that only this workspace can read again (AES-256-GCM), and only for the same purpose: nonce, tag and text in base64url. */
export function sealed(secret: string, purpose: string, bytes: Uint8Array): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, keyOf(secret, purpose), nonce);
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

/** What was sealed; undefined when it was not sealed here for this purpose. */
export function unsealed(secret: string, purpose: string, value: string): Uint8Array | undefined {
  const bytes = Buffer.from(value, 'base64url');
  if (bytes.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv(ALGORITHM, keyOf(secret, purpose), bytes.subarray(0, NONCE));
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
