import type { WaterfallSpan } from "../waterfall-span.ts";

/** Sixteen digits of the id and one of the kind. */
const length = 17;

/** The spans that the server names one after another, by {@link heldKey}. */
export function heldSpans(spans: string): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let at = 0; at < spans.length; at += length) keys.add(spans.slice(at, at + length));
  return keys;
}

/** As the server names a span: a caller and its server may share one id. */
export function heldKey({ spanId, kind }: Pick<WaterfallSpan, "spanId" | "kind">): string {
  return `${spanId}${kind}`;
}
