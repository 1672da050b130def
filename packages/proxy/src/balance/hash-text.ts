/**
 * A 32-bit hash of a text's UTF-16 units (MurmurHash3 x86_32 over two units a block). Every sidecar must compute the
 * same for the same text, for that is what makes all of them choose the same endpoint: it never changes.
 */
export function hashText(text: string, seed = 0): number {
  let hash = seed | 0;
  const even = text.length & ~1;
  for (let i = 0; i < even; i += 2) {
    hash ^= scramble(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  if (even < text.length) hash ^= scramble(text.charCodeAt(even));
  return mixHash(hash ^ (text.length * 2));
}

/** Spreads each bit of a number over all of them (MurmurHash3's last step); 32 bits, unsigned. */
export function mixHash(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A hash as a point in [0, 1). */
export function unitOf(hash: number): number {
  return (hash >>> 0) / 2 ** 32;
}

function scramble(block: number): number {
  const part = Math.imul(block, 0xcc9e2d51);
  return Math.imul((part << 15) | (part >>> 17), 0x1b873593);
}
