import { type Meaning, meaningOf } from '../platform/meaning.ts';
import { Trouble } from './say.ts';

/** Who says what texts mean: an address, its model, and its key, empty if it wants none. */
export interface MeaningService {
  url: string;
  model: string;
  key: string;
}

/** What STOA_MEANING_URL, STOA_MEANING_MODEL and STOA_MEANING_KEY say; undefined when nobody says what texts mean. */
export function meaningServiceOf({ STOA_MEANING_URL: url, STOA_MEANING_MODEL: model, STOA_MEANING_KEY: key = '' }: NodeJS.ProcessEnv = process.env): MeaningService | undefined {
  if (!url) return undefined;
  if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) throw new Trouble('STOA_MEANING_URL is no address of a service. Write it like http://127.0.0.1:11434/v1/embeddings.');
  if (!model) throw new Trouble('Set STOA_MEANING_MODEL to the model that STOA_MEANING_URL is to use, like bge-m3.');
  return { url, model, key };
}

/** What a running workspace notes of it: never the key. */
export const meaningNote = (service: MeaningService | undefined) => (service ? `${service.model} at ${new URL(service.url).host}` : 'words alone');

/** The same as the worker has it, for the command line, which may call any network. */
export const meaningHere = (service = meaningServiceOf()): Meaning | undefined =>
  service && meaningOf({ STOA_MEANING_URL: service.url, STOA_MEANING_MODEL: service.model, STOA_MEANING_KEY: service.key, MEANING: { fetch } as never });
