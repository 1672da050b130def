/**
 * The trace id in a text that somebody pasted: alone, in an address, or in a `traceparent` header (W3C Trace Context);
 * sixteen digits, as older tracers have them, are filled up with zeros in front (OpenTelemetry: B3, Jaeger).
 */
export function traceIdIn(text: string): string | undefined {
  const known = text.trim().toLowerCase();
  const [long] = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/.exec(known) ?? [];
  const found = long ?? (/^[0-9a-f]{16}$/.test(known) ? known.padStart(32, "0") : undefined);
  return found === undefined || /^0+$/.test(found) ? undefined : found;
}
