import { expect, test } from 'vitest';
import { fileName } from '../../worker/platform/file-name.ts';
import { orientationIn } from '../../worker/platform/pictures/orientation.ts';
import { Damaged, pictureIn } from '../../worker/platform/pictures/picture.ts';
import { isProgram, typeOf } from '../../worker/platform/sniff.ts';
import { chunk, noted, pictures, PLACE } from './support.ts';

const kinds = Object.keys(pictures) as (keyof typeof pictures)[];
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

test('a picture loses where, when and by whom it was taken, and whatever follows its end; its colours stay', () => {
  for (const kind of kinds) {
    const picture = pictureIn(noted()[kind])!;
    const isTurned = kind === 'png' || kind === 'jpeg';
    expect([kind, picture.type, picture.width, picture.height]).toEqual([kind, `image/${kind}`, ...(isTurned ? [8, 12] : [12, 8])]);
    expect(text(picture.bytes), kind).not.toMatch(/GPS|Mrs Doe|xmpmeta|script|PK\x03|XMP|Photoshop/);
    if (kind !== 'gif') expect(text(picture.bytes), kind).toContain('colours of a screen');
    expect(text(noted()[kind])).toContain(PLACE);
    expect(pictureIn(picture.bytes)!.bytes, 'once more changes nothing').toEqual(picture.bytes);
  }
});

test('a picture without notes stays as it is, to the byte', () => {
  for (const kind of kinds) expect(Buffer.from(pictureIn(pictures[kind])!.bytes).equals(pictures[kind]), kind).toBe(true);
});

test('how the camera was held stays, in a JPEG and a PNG', () => {
  for (const orientation of [1, 3, 6, 8]) {
    const jpeg = Buffer.from(pictureIn(noted(orientation).jpeg)!.bytes);
    const at = jpeg.indexOf('Exif\0\0');
    expect(at < 0 ? 1 : orientationIn(jpeg.subarray(at + 6))).toBe(orientation);
    const png = Buffer.from(pictureIn(noted(orientation).png)!.bytes);
    expect(png.includes('eXIf') ? orientationIn(png.subarray(png.indexOf('eXIf') + 4)) : 1).toBe(orientation);
  }
});

test('what only begins like a picture, or would fill the memory of who looks at it, is refused', () => {
  const { png, jpeg, gif, webp } = pictures;
  const flood = Buffer.from(jpeg);
  const frame = flood.indexOf(Buffer.from([0xff, 0xc0]));
  flood.writeUInt16BE(64_250, frame + 5);
  flood.writeUInt16BE(64_250, frame + 7);
  const huge = Buffer.concat([png.subarray(0, 8), chunk('IHDR', Buffer.from([0, 0, 0xfa, 0xfa, 0, 0, 0xfa, 0xfa, 8, 6, 0, 0, 0])), png.subarray(33)]);
  const wrongSum = Buffer.from(png);
  wrongSum[45]! ^= 1;
  const broken = [
    flood, huge, wrongSum, png.subarray(0, 40), jpeg.subarray(0, -2), gif.subarray(0, -10), webp.subarray(0, -4), Buffer.from('GIF89a/*<svg onload=alert(1)>*/=1;alert(1)//'), Buffer.from('\x89PNG\r\n\x1a\n<html>', 'latin1'), Buffer.from([0xff, 0xd8, 0xff]),
    Buffer.concat([png.subarray(0, 33), chunk('EVIL', Buffer.from('?')), png.subarray(33)]),
  ];
  for (const bytes of broken) expect(() => pictureIn(bytes), bytes.subarray(0, 20).toString('latin1')).toThrow(Damaged);
  for (const kind of kinds) for (let end = 13; end < pictures[kind].length; end++) expect(() => pictureIn(pictures[kind].subarray(0, end)), `${kind} cut at ${end}`).toThrow(Damaged);
});

test('the type comes from the content, and markup has none', () => {
  const of = (content: string) => typeOf(Buffer.from(content, 'latin1'));
  expect(['%PDF-1.7', 'PK\x03\x04', '\x1f\x8b', 'plain words', 'caf\xc3\xa9'].map(of)).toEqual(['application/pdf', 'application/zip', 'application/gzip', 'text/plain', 'text/plain']);
  expect(['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', ' \n<!doctype html>', '<?xml version="1.0"?>', '\xff\xfe', 'a\x00b', ''].map(of).slice(0, 5)).toEqual(Array(5).fill('application/octet-stream'));
  expect(['MZ\x90', '\x7fELF', '\xcf\xfa\xed\xfe'].every((start) => isProgram(Buffer.from(start, 'latin1')))).toBe(true);
});

test('names lose paths, what is not seen, and what turns the direction of writing', () => {
  const names = [
    ['../../../etc/passwd', 'passwd'], ['..\\..\\windows\\win.ini', 'win.ini'], ['a\r\nSet-Cookie: x=1', 'aSet-Cookie_ x=1'], ['invoice\u202efdp.exe', 'invoicefdp.exe'], ['\u0000', 'file'], ['', 'file'], ['...', 'file'], ['.htaccess', 'htaccess'],
    ['καλημέρα κόσμε.pdf', 'καλημέρα κόσμε.pdf'], ['"><img src=x onerror=alert(1)>.txt', '___img src=x onerror=alert(1)_.txt'], ['%2e%2e%2fetc%2fpasswd', '%2e%2e%2fetc%2fpasswd'], ['😍.txt', '😍.txt'], ['\ud800', 'file'],
  ];
  for (const [given, kept] of names) expect(fileName(given!, 'text/plain'), JSON.stringify(given)).toBe(kept);
  expect(fileName(`${'a'.repeat(300)}.jpeg`, 'image/jpeg')).toBe(`${'a'.repeat(115)}.jpeg`);
  expect([fileName('evil.html', 'image/png'), fileName('cat.JPG', 'image/jpeg'), fileName('cat', 'image/gif')]).toEqual(['evil_html.png', 'cat.JPG', 'cat.gif']);
});
