import { reporters, type TraceColumns } from "../../../server/traces/trace-columns.ts";
import type { WaterfallSpan } from "./waterfall-span.ts";

type Draft = { -readonly [K in keyof WaterfallSpan]: WaterfallSpan[K] };

const idLength = 16;
const stepSize = 10_000;

/** The spans that the columns hold, a step of some thousands at a time: let the page breathe between two. */
export function* readColumns(columns: TraceColumns): Generator<void, WaterfallSpan[]> {
  const { ids, parents, strangers, services, operations } = columns;
  const idOf = (i: number) => ids.slice(i * idLength, (i + 1) * idLength);
  const spans: Draft[] = [];
  for (let i = 0; i < parents.length; i++) {
    if (i > 0 && i % stepSize === 0) yield;
    const [service = -1, operation = ""] = operations[columns.operation[i]!] ?? [];
    const [namespace = "", name = "", version = ""] = services[service] ?? [];
    const parent = parents[i]!;
    const marks = columns.kindAndStatus[i]!;
    spans.push({
      spanId: idOf(i),
      parentSpanId: parent >= 0 ? idOf(parent) : parent === -1 ? undefined : strangers[-2 - parent],
      ...{ namespace, service: name, version, operation },
      ...{ kind: marks % 8, status: Math.floor(marks / 8) },
      ...{ startNs: columns.startNs[i]!, durationNs: columns.durationNs[i]! },
      ...{
        path: undefined,
        reporter: undefined,
        upstreamNs: undefined,
        flag: undefined,
        events: 0,
        links: 0,
      },
    });
  }
  for (const [at, path, reporter, upstreamNs, flag] of columns.marks) {
    const span = spans[at]!;
    span.path = path < 0 ? undefined : columns.paths[path];
    span.reporter = reporters[reporter];
    span.upstreamNs = upstreamNs < 0 ? undefined : upstreamNs;
    span.flag = flag < 0 ? undefined : columns.flags[flag];
  }
  for (const [at, events, links] of columns.more) Object.assign(spans[at]!, { events, links });
  return spans;
}
