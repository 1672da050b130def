import type { Peer } from "./peer-of.ts";

/** What the service graph needs of one span. Ids and services are opaque texts: only equality counts. */
export interface GraphSpan {
  /** One span of the trace, or the two sides of a call that share an id (Zipkin). */
  readonly spanId: string;
  /** Empty for a root. */
  readonly parentSpanId: string;
  /** OTLP SpanKind, 0 to 5; any other number counts as unspecified. */
  readonly kind: number;
  /** Key of (namespace, name, version). */
  readonly service: string;
  /**
   * Key of (namespace, name): a sidecar and its application are one service even where they name different versions.
   * Spans of equal `service` have equal `serviceName`.
   */
  readonly serviceName: string;
  readonly startMs: number;
  readonly durationNs: number;
  /** Status ERROR. */
  readonly failed: boolean;
  /** The sender or a sampler says that this span is one of several. */
  readonly sampled: boolean;
  /** `peerOf` the span's kind and attributes. */
  readonly peer: Peer | undefined;
}

/** OTLP SpanKind (opentelemetry-proto, trace.proto). */
export const graphSpanKind = { server: 2, client: 3, producer: 4, consumer: 5 } as const;
