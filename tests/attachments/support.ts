import { crc32 } from 'node:zlib';

/** The same twelve by eight pixels, red and blue, of each kind. */
export const pictures = {
  png: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAAKUlEQVR4AeyQMQ0AAAjDyCzNE2rnaRjYAT9NevYpRDrJlpOoIx9shg0AAAD//2qQ8oQAAAAGSURBVAMAcHkbj1JMzQYAAAAASUVORK5CYII=', 'base64'),
  jpeg: Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKT/wAARCAAIAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgT/xAAZEQACAwEAAAAAAAAAAAAAAAAAAQQycTP/2gAMAwEAAhEDEQA/AJgFEWj0UzosP//Z', 'base64'),
  gif: Buffer.from('R0lGODlhDAAIAIAAAMgoKChayCwAAAAADAAIAAACNwQIEGDChAkBAgSYMGFCgAABJkyYECBAgAkTJgQIEGDChAkBAgSYMGFCgAABJkyYECBAgAkTJgUAOw==', 'base64'),
  webp: Buffer.from('UklGRkIAAABXRUJQVlA4IDYAAADQAQCdASoMAAgABABoJagCdEcAZIADUAD+4t9+7c31MXzzkHv8mO7T/wb9zfcE9+f+DaTAAAA=', 'base64'),
};

/** What nobody may find in a picture that was attached. */
export const PLACE = 'GPSLatitude 37.9838 N, by Mrs Doe';

const u16 = (value: number) => Uint8Array.of(value >> 8, value & 0xff);
const u32 = (value: number, little = false) => {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
};

/** What a camera notes: how it was held, a directory of places, and words. */
const exif = (orientation: number) =>
  Buffer.concat([
    Buffer.from('II*\0'), u32(8, true), Buffer.from([2, 0]),
    Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]),
    Buffer.from([0x25, 0x88, 4, 0, 1, 0, 0, 0]), u32(38, true), u32(0, true),
    Buffer.from([1, 0, 0x01, 0x00, 2, 0]), u32(PLACE.length, true), u32(56, true), u32(0, true), Buffer.from(PLACE),
  ]);

const segment = (marker: number, data: Uint8Array) => Buffer.concat([Uint8Array.of(0xff, marker), u16(data.length + 2), data]);

/** A PNG chunk, with its sum. */
export function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
}

/** A chunk of a RIFF file. */
const riff = (type: string, data: Uint8Array) => Buffer.concat([Buffer.from(type), u32(data.length, true), data, Buffer.alloc(data.length & 1)]);

const [ICC, XMP] = [Buffer.from('ICC_PROFILE\0\x01\x01colours of a screen'), Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${PLACE}</x:xmpmeta>`)];

/** The pictures as cameras and programs send them: with notes of every kind, and something behind their end. */
export function noted(orientation = 6): Record<keyof typeof pictures, Buffer> {
  const { png, jpeg, gif, webp } = pictures;
  const after = Buffer.from(`PK\x03\x04<script>alert(1)</script>${PLACE}`);
  const canvas = Buffer.from([0x2c, 0, 0, 0, 11, 0, 0, 7, 0, 0]);
  const webpBody = Buffer.concat([Buffer.from('WEBP'), riff('VP8X', canvas), riff('ICCP', ICC), webp.subarray(12), riff('EXIF', exif(orientation)), riff('XMP ', XMP)]);
  const program = Buffer.concat([Uint8Array.of(0x21, 0xff, 11), Buffer.from('XMP DataXMP'), Uint8Array.of(PLACE.length), Buffer.from(PLACE), Uint8Array.of(0)]);
  const comment = Buffer.concat([Uint8Array.of(0x21, 0xfe, PLACE.length), Buffer.from(PLACE), Uint8Array.of(0)]);
  return {
    png: Buffer.concat([png.subarray(0, 33), chunk('iCCP', ICC), chunk('eXIf', exif(orientation)), chunk('tEXt', Buffer.from(`Comment\0${PLACE}`)), chunk('iTXt', XMP), png.subarray(33), after]),
    jpeg: Buffer.concat([
      jpeg.subarray(0, 2), segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(orientation)])), segment(0xe1, XMP), segment(0xe2, ICC), segment(0xed, Buffer.from(`Photoshop 3.0\0${PLACE}`)), segment(0xfe, Buffer.from(PLACE)), jpeg.subarray(2), after,
    ]),
    gif: Buffer.concat([gif.subarray(0, 19), comment, program, gif.subarray(19), after]),
    webp: Buffer.concat([Buffer.from('RIFF'), u32(webpBody.length, true), webpBody, after]),
  };
}
