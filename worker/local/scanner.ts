import { Trouble } from './say.ts';

/** Who looks into files before they are handed out: an address, and its bearer token, empty if it wants none. */
export interface Scanner {
  url: string;
  token: string;
}

/** What STOA_SCANNER_URL and STOA_SCANNER_TOKEN say; undefined when nobody looks into files. */
export function scannerOf({ STOA_SCANNER_URL: url, STOA_SCANNER_TOKEN: token = '' }: NodeJS.ProcessEnv = process.env): Scanner | undefined {
  if (!url) return undefined;
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) throw new Trouble('STOA_SCANNER_URL is no address of a scanner. Write it like http://127.0.0.1:8095/scan.');
  return { url, token };
}
