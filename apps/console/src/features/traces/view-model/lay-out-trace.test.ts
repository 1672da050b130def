import type { SpanColumns } from "@weir/store";
import { expect, test } from "vitest";
import { type TraceColumns, traceColumns } from "../../../server/traces/trace-columns.ts";
import { layOutTrace } from "./lay-out-trace.ts";
import { minimapColumns } from "./minimap-columns.ts";

const startNs = 1_764_000_000_123_456_789n;
const web = { namespace: "shop", name: "web", version: "v1" };
const cart = { namespace: "shop", name: "cart", version: "v2" };
const id = (i: number) => (i + 1).toString(16).padStart(16, "0");

function stored(over: Record<string, unknown>) {
  return {
    ...{
      spanId: id(0),
      parentSpanId: undefined as string | undefined,
      service: web,
      operation: "GET",
      kind: 2,
      status: 0,
    },
    ...{ startNs, durationNs: 100n, events: 0, links: 0 },
    ...over,
  };
}

/** As the store has them. */
function columnsOf(spans: ReturnType<typeof stored>[], marks: SpanColumns["marks"] = []): TraceColumns {
  const text = (of: (span: ReturnType<typeof stored>) => unknown) => spans.map(of).join();
  const names = new Map(
    spans.map(({ service, operation }) => [`${service.name} ${operation}`, { service, operation }]),
  );
  return JSON.parse(
    traceColumns({
      ...{ spans: spans.length, isWhole: true, startNs, endNs: startNs, names, marks },
      ids: spans.map(({ spanId }) => spanId).join(""),
      parents: spans.map(({ parentSpanId = "" }) => parentSpanId),
      operations: spans.map(({ service, operation }) => `${service.name} ${operation}`),
      kindAndStatus: text(({ kind, status }) => kind + 8 * status),
      startsNs: text((span) => span.startNs - startNs),
      durationsNs: text(({ durationNs }) => durationNs),
      more: spans.flatMap(({ events, links }, i) =>
        events + links > 0 ? [[i, events, links] as const] : [],
      ),
    }),
  );
}
const turns = () => Promise.resolve();

test("spans come out of the columns as they went in, with the marks of the span of their kind", async () => {
  const client = stored({ kind: 3, service: web });
  const server = stored({ service: cart, startNs: startNs + 7n, durationNs: 80n, events: 2, links: 1 });
  const orphan = stored({
    spanId: id(5),
    parentSpanId: "00000000000000ff",
    status: 2,
    startNs: startNs + 9n,
  });
  const { tree } = await layOutTrace(
    columnsOf([client, server, orphan], [[1, "/cart", "destination", "60", "UT"]]),
    turns,
  );
  expect(tree.nodes.get(`${id(0)}.2`)?.span).toMatchObject({
    ...{ service: "cart", version: "v2", startNs: 7, durationNs: 80, path: "/cart", flag: "UT" },
    ...{ reporter: "destination", upstreamNs: 60, events: 2, links: 1 },
  });
  expect(tree.nodes.get(id(0))?.span).toMatchObject({ kind: 3, path: undefined, reporter: undefined });
  expect(tree.nodes.get(id(5))).toMatchObject({ missingParent: true, span: { status: 2 } });
});

test("loops are cut and told, one of a span with itself too", async () => {
  const spans = [
    stored({ spanId: id(0) }),
    stored({ spanId: id(1), parentSpanId: id(2), startNs: startNs + 1n }),
    stored({ spanId: id(2), parentSpanId: id(1), startNs: startNs + 2n }),
    stored({ spanId: id(3), parentSpanId: id(3), startNs: startNs + 3n }),
  ];
  const { tree } = await layOutTrace(columnsOf(spans), turns);
  expect([tree.loops, tree.missingParents, tree.roots.length]).toEqual([2, 0, 3]);
  expect(tree.nodes.get(id(2))?.parent?.key).toBe(id(1));
});

test("a large trace is laid out in many steps, none of which holds the page for long", async () => {
  const spans = Array.from({ length: 30_000 }, (_, i) =>
    stored({ spanId: id(i), parentSpanId: i === 0 ? undefined : id(Math.floor((i - 1) / 4)) }),
  );
  let breaths = 0;
  const { tree, facts } = await layOutTrace(columnsOf(spans), async () => void breaths++);
  expect([facts.spans, tree.roots[0]?.below]).toEqual([30_000, 29_999]);
  expect(breaths).toBeGreaterThanOrEqual(8);
});

test("the overview counts what was under way in each of its columns", async () => {
  const spans = [
    stored({}),
    stored({ spanId: id(1), parentSpanId: id(0), startNs: startNs + 50n, durationNs: 25n, status: 2 }),
  ];
  const { tree, path } = await layOutTrace(columnsOf(spans), turns);
  const { busy, failed, critical, most } = minimapColumns(tree, path, 4);
  expect([...busy]).toEqual([1, 1, 2, 2]);
  expect([...failed]).toEqual([0, 0, 1, 0]);
  expect([...critical]).toEqual([0, 0, 1, 1]);
  expect(most).toBe(2);
});
