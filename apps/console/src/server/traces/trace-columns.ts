import type { SpanMark, TraceSkeleton } from "@weir/store";

/**
 * The spans of a trace by columns: row `i` of each is one span, what many spans have in common is named once. A trace
 * of 100,000 spans is 4 MB of this, 1 MB compressed, and read in a twentieth of a second; as objects it is ten times that.
 */
export interface TraceColumns {
  /** Namespace, name and version. */
  readonly services: readonly (readonly [string, string, string])[];
  /** Number of the service, and the operation's name. */
  readonly operations: readonly (readonly [number, string])[];
  readonly paths: readonly string[];
  readonly flags: readonly string[];
  /** 16 hexadecimal digits of every span, one after another. */
  readonly ids: string;
  /** Number of the span that is the parent; -1: it has none; below: `-2 - n` is number n of `strangers`. */
  readonly parents: readonly number[];
  /** Ids of parents that are not here. */
  readonly strangers: readonly string[];
  readonly operation: readonly number[];
  /** OTLP's kind, and its status times 8. */
  readonly kindAndStatus: readonly number[];
  /** Nanoseconds after the earliest start. */
  readonly startNs: readonly number[];
  readonly durationNs: readonly number[];
  /** Events and links of a span; only those that have some: number of the span, events, links. */
  readonly more: readonly (readonly [number, number, number])[];
  /** Of sidecars' and HTTP spans: number of the span, of its path (-1: none), reporter, waited for upstream (-1), flag (-1). */
  readonly marks: readonly (readonly [number, number, 0 | 1 | 2, number, number])[];
}

/** Who recorded a span, as a number in the columns. */
export const reporters = [undefined, "source", "destination"] as const;

export function traceColumns(
  { spans }: Pick<TraceSkeleton, "spans">,
  marks: readonly SpanMark[],
  startNs: bigint,
): TraceColumns {
  const services = indexer<readonly [string, string, string]>();
  const operations = indexer<readonly [number, string]>();
  const strangers = indexer<string>();
  const numbers = new Map<string, number>();
  // The first of an id: a server that shares its caller's has it told apart by kind.
  spans.forEach(({ spanId }, i) => void (numbers.has(spanId) || numbers.set(spanId, i)));
  const columns = {
    ids: spans.map(({ spanId }) => spanId).join(""),
    parents: spans.map(({ parentSpanId }) => {
      if (parentSpanId === undefined) return -1;
      return numbers.get(parentSpanId) ?? -2 - strangers.of(parentSpanId, parentSpanId);
    }),
    operation: spans.map(({ service, operation }) => {
      const { namespace, name, version } = service;
      const at = services.of(`${namespace}\0${name}\0${version}`, [namespace, name, version]);
      return operations.of(`${at}\0${operation}`, [at, operation]);
    }),
    kindAndStatus: spans.map(({ kind, status }) => kind + 8 * status),
    startNs: spans.map((span) => Number(span.startNs - startNs)),
    durationNs: spans.map((span) => Number(span.durationNs)),
    more: spans.flatMap(({ events, links }, i) => (events + links > 0 ? [[i, events, links] as const] : [])),
  };
  return {
    ...columns,
    ...markColumns(spans, marks, numbers),
    services: services.all,
    operations: operations.all,
    strangers: strangers.all,
  };
}

function markColumns(
  spans: TraceSkeleton["spans"],
  marks: readonly SpanMark[],
  numbers: ReadonlyMap<string, number>,
): Pick<TraceColumns, "paths" | "flags" | "marks"> {
  const paths = indexer<string>();
  const flags = indexer<string>();
  const shared = new Map<string, number>();
  spans.forEach(({ spanId, kind }, i) => {
    if (numbers.get(spanId) !== i) shared.set(`${spanId} ${kind}`, i);
  });
  const rows = marks.flatMap(({ spanId, kind, path, reporter, upstreamNs, flag }) => {
    const at = shared.get(`${spanId} ${kind}`) ?? numbers.get(spanId);
    if (at === undefined) return [];
    const by = reporter === "source" ? 1 : reporter === "destination" ? 2 : 0;
    return [
      [
        at,
        path === undefined || path === "" ? -1 : paths.of(path, path),
        by,
        waited(upstreamNs),
        flag === undefined || flag === "" ? -1 : flags.of(flag, flag),
      ] as const,
    ];
  });
  return { paths: paths.all, flags: flags.all, marks: rows };
}

function waited(upstreamNs: string | undefined): number {
  const ns = upstreamNs === undefined ? Number.NaN : Number(upstreamNs);
  return Number.isFinite(ns) && ns >= 0 ? ns : -1;
}

/** Numbers things in the order in which they are first named. */
function indexer<T>() {
  const numbers = new Map<string, number>();
  const all: T[] = [];
  return {
    all,
    of(key: string, value: T): number {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, all.length);
      return all.push(value) - 1;
    },
  };
}
