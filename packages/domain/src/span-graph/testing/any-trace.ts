import fc from "fast-check";
import type { GraphSpan } from "../graph-span.ts";
import type { Peer } from "../peer-of.ts";
import type { VirtualEnd } from "../span-edge.ts";

const ids = ["1", "2", "3", "4", "5", "6"];

const end: fc.Arbitrary<VirtualEnd> = fc.record({
  kind: fc.constantFrom("peer", "database", "messaging"),
  name: fc.constantFrom("x", "y"),
  system: fc.constantFrom("", "kafka"),
});

const peer: fc.Arbitrary<Peer> = fc.record({
  type: fc.constantFrom("http", "rpc", "messaging", "database", "other"),
  end: fc.option(end, { nil: undefined }),
  receives: fc.boolean(),
});

/** Spans that have little to do with each other: ids that repeat, parents that are missing, circles, any kind. */
const anySpan: fc.Arbitrary<GraphSpan> = fc
  .record({
    spanId: fc.constantFrom(...ids),
    parentSpanId: fc.constantFrom("", "gone", ...ids),
    kind: fc.integer({ min: 0, max: 6 }),
    serviceName: fc.constantFrom("a", "b", "c"),
    version: fc.constantFrom("1", "2"),
    startMs: fc.integer({ min: 0, max: 3 }),
    durationNs: fc.integer({ min: 0, max: 3 }),
    failed: fc.boolean(),
    sampled: fc.boolean(),
    peer: fc.option(peer, { nil: undefined }),
  })
  .map(({ version, ...span }) => ({ ...span, service: `${span.serviceName}@${version}` }));

export const anyTrace = fc.array(anySpan, { maxLength: 16 });
