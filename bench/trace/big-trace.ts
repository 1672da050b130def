import type { SpanRecord } from "@weir/store";

const services = 24;
const operations = 12;

/** Trace ids are told apart by their number of spans. */
export function traceIdOf(spans: number): string {
  return `beac${spans.toString(16).padStart(28, "0")}`;
}

/**
 * A trace of `count` spans as a batch job makes it: every span calls up to six, one in fifty failed, one in five was recorded
 * by a sidecar, one in a thousand names a parent that is not there. The same at every run.
 */
export function bigTrace(count: number, startNs: bigint): SpanRecord[] {
  const id = (i: number) => (0x1000_0000 + i).toString(16).padStart(16, "0");
  const parentOf = (i: number) => Math.floor((i - 1) / 6);
  const lengths = new Float64Array(count);
  const starts = new Float64Array(count);
  return Array.from({ length: count }, (_, i) => {
    const parent = parentOf(i);
    lengths[i] = i === 0 ? 20e9 : Math.max(40_000, lengths[parent]! * 0.45);
    starts[i] = i === 0 ? 0 : starts[parent]! + ((i - 1) % 6) * 0.1 * lengths[parent]!;
    const isSidecar = i % 5 === 1;
    return {
      ...{ traceId: traceIdOf(count), spanId: id(i) },
      parentSpanId: i === 0 ? undefined : i % 1_000 === 999 ? id(count + i) : id(parent),
      service: { namespace: "batch", name: `service-${i % services}`, version: `v${(i % 3) + 1}` },
      resource: { "host.name": `host-${i % 8}` },
      operation: `GET /items/${i % operations}`,
      ...{ kind: isSidecar ? 3 : 2, status: i % 50 === 7 ? 2 : 0 },
      startNs: startNs + BigInt(Math.round(starts[i])),
      durationNs: BigInt(Math.round(lengths[i])),
      attributes: {
        "url.path": `/items/${i % operations}`,
        "item.number": i,
        ...(isSidecar ? { "weir.reporter": "source", "weir.upstream_ns": Math.round(lengths[i] * 0.9) } : {}),
      },
      events: i % 20 === 3 ? [{ name: "cache miss", attributes: { key: `item-${i}` } }] : [],
    };
  });
}
