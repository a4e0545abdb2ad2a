/** An address as its bytes; undefined where it is none. IPv4 within IPv6 is IPv4. */
function bytesOf(address: string): number[] | undefined {
  const v4 = /^(?:::ffff:)?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/i.exec(address);
  if (v4) {
    const bytes = v4.slice(1).map(Number);
    return bytes.every((byte) => byte < 256) ? bytes : undefined;
  }
  if (!/^[0-9a-f:]{2,39}$/i.test(address)) return undefined;
  const [head, tail, ...more] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = tail === undefined ? head! : [...head!, ...Array.from({ length: Math.max(0, 8 - head!.length - tail.length) }, () => '0'), ...tail];
  if (more.length > 0 || groups.length !== 8 || !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
}

const parsed = (cidr: string) => {
  const [address, length, ...more] = cidr.split('/');
  const bytes = bytesOf(address ?? '');
  if (!bytes || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = length === undefined ? bytes.length * 8 : Number(length);
  return bits <= bytes.length * 8 ? { bytes, bits } : undefined;
};

/** Whether a text is a network (RFC 4632, RFC 4291): an address, or one with the length of its prefix. */
export const isNetwork = (cidr: string) => parsed(cidr) !== undefined;

/** Whether an address is of a network. */
export function isWithin(address: string, cidr: string): boolean {
  const [one, network] = [bytesOf(address), parsed(cidr)];
  if (!one || !network || one.length !== network.bytes.length) return false;
  return one.every((byte, i) => {
    const left = Math.min(8, Math.max(0, network.bits - i * 8));
    const mask = (0xff << (8 - left)) & 0xff;
    return (byte & mask) === (network.bytes[i]! & mask);
  });
}
