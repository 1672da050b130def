/**
 * A span of Zipkin's v2 format (zipkin-api, zipkin2-api.yaml) with everything of the right type; what was not is left
 * out. Times are microseconds.
 */
export interface ZipkinSpan {
  /** 32 lower-case hexadecimal digits; {@link invalidId} where the sender's is none. */
  readonly traceId: string;
  /** 16 digits, or {@link invalidId}. */
  readonly id: string;
  /** 16 digits; absent for a root, {@link invalidId} where the sender's is none. */
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: string | undefined;
  readonly timestamp: number | undefined;
  readonly duration: number | undefined;
  /** A server's part of the span that its client began: both have the same id. */
  readonly shared: boolean;
  readonly localEndpoint: ZipkinEndpoint;
  readonly remoteEndpoint: ZipkinEndpoint;
  readonly annotations: readonly ZipkinAnnotation[];
  readonly tags: ReadonlyMap<string, string>;
}

export interface ZipkinEndpoint {
  readonly serviceName: string | undefined;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  readonly port: number | undefined;
}

export interface ZipkinAnnotation {
  readonly timestamp: number;
  readonly value: string;
}

/** One byte: no OTLP id has that length, so a span that carries it is rejected, and counted, like any other. */
export const invalidId = "ff";

/** Reads one element of a body, of whatever type it is. */
export function zipkinSpanOf(json: unknown): ZipkinSpan {
  const span = objectOf(json);
  const id = idOf(span.id, 16);
  const parentId = span.parentId === undefined || span.parentId === null ? "" : idOf(span.parentId, 16);
  return {
    traceId: idOf(span.traceId, 32),
    id,
    // A span that is its own parent is a root (zipkin2.Span.Builder.parentId).
    parentId: /^0*$/.test(parentId) || parentId === id ? undefined : parentId,
    name: textOf(span.name) ?? "",
    kind: textOf(span.kind),
    timestamp: microsecondsOf(span.timestamp),
    duration: microsecondsOf(span.duration),
    shared: span.shared === true,
    localEndpoint: endpointOf(span.localEndpoint),
    remoteEndpoint: endpointOf(span.remoteEndpoint),
    annotations: annotationsOf(span.annotations),
    tags: tagsOf(span.tags),
  };
}

/**
 * Shorter ids are filled up with zeros from the left, as Zipkin does: to 16 digits, and trace ids from there to 32
 * (OpenTelemetry: 64-bit trace ids are the lower half).
 */
function idOf(json: unknown, digits: number): string {
  if (typeof json !== "string" || json.length > digits || !/^[0-9a-f]+$/i.test(json)) return invalidId;
  return json.toLowerCase().padStart(digits, "0");
}

function endpointOf(json: unknown): ZipkinEndpoint {
  const { serviceName, ipv4, ipv6, port } = objectOf(json);
  return {
    serviceName: textOf(serviceName),
    ipv4: textOf(ipv4),
    ipv6: textOf(ipv6),
    port: typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined,
  };
}

function annotationsOf(json: unknown): ZipkinAnnotation[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((entry) => {
    const annotation = objectOf(entry);
    const timestamp = microsecondsOf(annotation.timestamp);
    const value = textOf(annotation.value);
    return timestamp === undefined || value === undefined ? [] : [{ timestamp, value }];
  });
}

/** Zipkin's tags are texts; clients that send numbers and booleans mean their texts. */
function tagsOf(json: unknown): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const [key, value] of Object.entries(objectOf(json)))
    if (typeof value === "string") tags.set(key, value);
    else if (typeof value === "number" || typeof value === "boolean") tags.set(key, String(value));
  return tags;
}

function objectOf(json: unknown): Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json)
    ? (json as Readonly<Record<string, unknown>>)
    : {};
}

/** Empty texts are absent ones. */
function textOf(json: unknown): string | undefined {
  return typeof json === "string" && json !== "" ? json : undefined;
}

/** Zero and less are absent (zipkin2.Span.Builder). Some clients quote the number, some send fractions. */
function microsecondsOf(json: unknown): number | undefined {
  const number = typeof json === "string" && /^\d+$/.test(json) ? Number(json) : json;
  return typeof number === "number" && Number.isFinite(number) && number > 0 ? number : undefined;
}
