/** A block of IP addresses: the first `bits` bits of `groups`, 16 bits each, IPv4 as `::ffff:a.b.c.d`. */
export interface Cidr {
  readonly groups: readonly number[];
  readonly bits: number;
}

/** Parses `10.0.0.0/8`, `fd00::/8` or a single address; undefined when it is none. Host bits may be set. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text);
  const groups = match && parseIp(match[1]!);
  if (!groups) return undefined;
  const width = match[1]!.includes(":") ? 128 : 32;
  const length = match[2] === undefined ? width : Number(match[2]);
  return length <= width ? { groups, bits: length + 128 - width } : undefined;
}

/** Whether an address, as `parseIp` gave it, lies in the block. */
export function cidrHolds({ groups, bits }: Cidr, address: readonly number[]): boolean {
  const whole = bits >> 4;
  for (let i = 0; i < whole; i++) if (groups[i] !== address[i]) return false;
  const rest = bits & 15;
  if (rest === 0) return true;
  const mask = (0xffff << (16 - rest)) & 0xffff;
  return (groups[whole]! & mask) === (address[whole]! & mask);
}

/** Eight groups of 16 bits; IPv4 is mapped, so that it equals `::ffff:a.b.c.d`. A zone (`%eth0`) is left out. */
export function parseIp(text: string): readonly number[] | undefined {
  if (!text.includes(":")) {
    const tail = parseIpv4(text);
    return tail && [0, 0, 0, 0, 0, 0xffff, ...tail];
  }
  const address = text.split("%", 1)[0]!;
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1));
  if (!head || (halves.length === 2 && !tail)) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  const missing = 8 - head.length - tail!.length;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail!] : undefined;
}

/** Groups between colons; the address may end in an IPv4 address, which makes two. */
function parseGroups(text: string, atEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const last = atEnd && index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (last) groups.push(...last);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function parseIpv4(text: string): [number, number] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  const bytes = match.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return [(bytes[0]! << 8) | bytes[1]!, (bytes[2]! << 8) | bytes[3]!];
}
