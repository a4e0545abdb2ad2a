import { uuidv7 } from 'uuidv7';

/** A new id, as `tkt_0198…`: of what kind it is, and a UUID (RFC 9562, version 7) in hex, so that ids sort by when they were made. */
export const newId = (prefix: string) => `${prefix}_${uuidv7().replaceAll('-', '')}`;
