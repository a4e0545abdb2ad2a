/** First bytes, as Latin-1 text → media type. Nothing else decides it: neither name nor what a browser says. */
const KINDS: [RegExp, string][] = [
  [/^%PDF-/, 'application/pdf'],
  [/^PK(\x03\x04|\x05\x06)/, 'application/zip'],
  [/^\x1f\x8b/, 'application/gzip'],
  [/^.{4}ftyp(hei[cx]|mif1|heif)/s, 'image/heic'],
  [/^.{4}ftyp(isom|iso\d|mp4\d|avc1|qt {2}|M4V )/s, 'video/mp4'],
];

/** Programs of Windows, Linux and macOS. */
const PROGRAM = /^(MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)/;

const LOOKED_AT = 64_000;

const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 32));

/** Whether a file is made to be run. */
export const isProgram = (bytes: Uint8Array) => PROGRAM.test(latin(bytes));

/** Plain words in UTF-8; markup is none. */
function isText(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, LOOKED_AT), { stream: true });
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text) && !/^\s*</.test(text);
  } catch {
    return false;
  }
}

/** The media type that bytes begin like; `application/octet-stream` for everything that is not known. */
export const typeOf = (bytes: Uint8Array): string => KINDS.find(([magic]) => magic.test(latin(bytes)))?.[1] ?? (isText(bytes) ? 'text/plain' : 'application/octet-stream');
