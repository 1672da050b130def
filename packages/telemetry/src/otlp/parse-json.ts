/**
 * `JSON.parse` that keeps 64-bit integers exact: OTLP/JSON allows them as numbers, and a nanosecond timestamp as a
 * double is off by up to 128 ns. Such integers become bigint; texts without any pay one scan only.
 */
export function parseJson(text: string): unknown {
  if (!/[:[,]\s*-?\d{16,}/.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: { source?: string }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? "")
      ? BigInt(context?.source ?? value)
      : value,
  );
}
