/** Postgres keeps nanoseconds since 1970 as a signed 64-bit integer: until the year 2262. */
const latestNs = 2n ** 63n - 1n;

export function isTime(unixNano: bigint): boolean {
  return unixNano > 0n && unixNano <= latestNs;
}

export function millisecondsOf(unixNano: bigint): number {
  return Number(unixNano / 1_000_000n);
}
