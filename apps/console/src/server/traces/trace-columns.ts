import type { SpanColumns } from "@weir/store";

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

const idLength = 16;

/** {@link TraceColumns} as JSON. Columns of numbers come from the database as JSON has them, and are not looked at. */
export function traceColumns(columns: SpanColumns): string {
  const { services, operations, operation } = operationColumns(columns);
  const { parents, strangers } = parentColumns(columns);
  const rest = { services, operations, operation, parents, strangers, ids: columns.ids, more: columns.more };
  const { kindAndStatus, startsNs, durationsNs } = columns;
  return `${JSON.stringify({ ...rest, ...markColumns(columns) }).slice(0, -1)},"kindAndStatus":[${kindAndStatus}],"startNs":[${startsNs}],"durationNs":[${durationsNs}]}`;
}

function operationColumns({ operations, names }: SpanColumns) {
  const services = indexer<readonly [string, string, string]>();
  const places = new Map<string, number>();
  const named = [...names].map(([id, { service, operation }], place) => {
    places.set(id, place);
    const { namespace, name, version } = service;
    const at = services.of(`${namespace}\0${name}\0${version}`, [namespace, name, version]);
    return [at, operation] as const;
  });
  return {
    services: services.all,
    operations: named,
    operation: operations.map((id) => places.get(id) ?? -1),
  };
}

function parentColumns({ spans, ids, parents }: SpanColumns) {
  const strangers = indexer<string>();
  const numbers = new Map<string, number>();
  // Backwards, so that the first of an id stays: a server that shares its caller's has it told apart by kind.
  for (let i = spans - 1; i >= 0; i--) numbers.set(ids.slice(i * idLength, (i + 1) * idLength), i);
  const places = parents.map((id) => (id === "" ? -1 : (numbers.get(id) ?? -2 - strangers.of(id, id))));
  return { parents: places, strangers: strangers.all };
}

function markColumns({ marks }: SpanColumns): Pick<TraceColumns, "paths" | "flags" | "marks"> {
  const paths = indexer<string>();
  const flags = indexer<string>();
  const rows = marks.map(([at, path, reporter, upstreamNs, flag]) => {
    const by = reporter === "source" ? 1 : reporter === "destination" ? 2 : 0;
    return [
      at,
      path ? paths.of(path, path) : -1,
      by,
      waited(upstreamNs),
      flag ? flags.of(flag, flag) : -1,
    ] as const;
  });
  return { paths: paths.all, flags: flags.all, marks: rows };
}

function waited(upstreamNs: string | null): number {
  const ns = upstreamNs === null ? Number.NaN : Number(upstreamNs);
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
