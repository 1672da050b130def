import type { RemoteContext, TraceContext } from "./trace-context.ts";

/** Reads `traceparent` (W3C Trace Context 3.2); undefined for one that must be ignored. */
export function parseTraceparent(value: string | undefined): RemoteContext | undefined {
  if (value === undefined || value.length < 55 || !isHex(value, 0, 2) || value.startsWith("ff"))
    return undefined;
  // Version 00 ends here; a later one may go on behind another dash.
  if (value.length > 55 && (value.startsWith("00") || value[55] !== "-")) return undefined;
  if (value[2] !== "-" || value[35] !== "-" || value[52] !== "-") return undefined;
  if (!isId(value, 3, 35) || !isId(value, 36, 52) || !isHex(value, 53, 55)) return undefined;
  // The last bit of the last digit.
  const sampled = (Number.parseInt(value.slice(54, 55), 16) & 1) === 1;
  return { traceId: value.slice(3, 35), spanId: value.slice(36, 52), sampled };
}

/** Hexadecimal digits in lower case, not all of them zero. */
function isId(text: string, from: number, to: number): boolean {
  if (!isHex(text, from, to)) return false;
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== 0x30) return true;
  return false;
}

function isHex(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66))) return false;
  }
  return true;
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}
