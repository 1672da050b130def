/** A record that must not be stored; the fault is the caller's, who should have refused it before. */
export class InvalidRecord extends Error {
  readonly code = "INVALID_RECORD";

  constructor(message: string) {
    super(message);
    this.name = "InvalidRecord";
  }
}

export function isTraceId(text: string): boolean {
  return /^[0-9a-fA-F]{32}$/.test(text);
}

/** A trace id of 32 hexadecimal digits as Postgres reads a uuid: the digits alone will do. */
export function traceIdToUuid(traceId: string): string {
  if (!isTraceId(traceId)) throw new InvalidRecord(`not a trace id of 32 hexadecimal digits: ${traceId}`);
  return traceId.toLowerCase();
}

export function uuidToTraceId(uuid: string): string {
  return uuid.replaceAll("-", "");
}

/** A span id of 16 hexadecimal digits as a signed 8-byte integer. */
export function spanIdToInt8(spanId: string): bigint {
  if (!/^[0-9a-fA-F]{16}$/.test(spanId))
    throw new InvalidRecord(`not a span id of 16 hexadecimal digits: ${spanId}`);
  return BigInt.asIntN(64, BigInt(`0x${spanId}`));
}

export function int8ToSpanId(value: bigint | string): string {
  return BigInt.asUintN(64, BigInt(value)).toString(16).padStart(16, "0");
}
