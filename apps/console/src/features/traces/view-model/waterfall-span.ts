/** A span as the waterfall needs it; attributes and events are asked for when a span is opened. */
export interface WaterfallSpan {
  readonly spanId: string;
  readonly parentSpanId?: string | undefined;
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
  readonly operation: string;
  /** Of an HTTP request, where its span says it. */
  readonly path?: string | undefined;
  /** OTLP: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** OTLP: 0 unset, 1 ok, 2 error. */
  readonly status: number;
  /** Since the earliest span of the trace, as its own clock said. */
  readonly startNs: number;
  readonly durationNs: number;
  /** Which sidecar recorded it: the caller's or the destination's; absent for a span of an application. */
  readonly reporter?: "source" | "destination" | undefined;
  /** Of a sidecar's span: the time it waited for what it forwarded to. */
  readonly upstreamNs?: number | undefined;
  /** Why its sidecar answered itself (Envoy's response flags). */
  readonly flag?: string | undefined;
  /** How many it has. */
  readonly events?: number | undefined;
  readonly links?: number | undefined;
}

const kinds = ["", "internal", "server", "client", "producer", "consumer"] as const;

/** The kind in a word; empty when it was not said. */
export function kindName(kind: number): string {
  return kinds[kind] ?? "";
}

export function isKindName(word: string): boolean {
  return word !== "" && kinds.some((kind) => kind === word);
}

/** What the span did, as people read it: the operation, with the path where the operation does not hold it already. */
export function spanTitle({ operation, path }: Pick<WaterfallSpan, "operation" | "path">): string {
  return path === undefined || operation.includes(path) ? operation : `${operation} ${path}`;
}

export function isError(span: Pick<WaterfallSpan, "status">): boolean {
  return span.status === 2;
}
