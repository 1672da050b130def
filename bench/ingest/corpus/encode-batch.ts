import { encodeTraces, statusCode } from "@weir/telemetry/otlp";
import { resourceAttributes } from "./attributes.ts";
import type { Batch } from "./corpus.ts";
import type { SpanPlan } from "./expand-journey.ts";
import { type Patch, type Patches, packPatches, patchKind } from "./patch.ts";
import { bytesOf, type Placeholder, placeholders } from "./placeholders.ts";

/** A span in its place: which trace of the round it belongs to, and where it stands among all spans of the round. */
export interface PlacedSpan {
  readonly plan: SpanPlan;
  readonly trace: number;
  readonly index: number;
  readonly parentIndex: number | undefined;
  /** Of the trace, after the base of the round. */
  readonly traceStartNs: number;
}

/** Spans in the order of their scopes, as an SDK groups them. */
export function encodeBatch(service: string, instance: number, spans: readonly PlacedSpan[]): Batch {
  const byScope = Map.groupBy(spans, ({ plan }) => plan.scope);
  const body = encodeTraces(
    {
      resourceSpans: [
        {
          resource: { attributes: resourceAttributes(service, instance) },
          scopeSpans: [...byScope].map(([name, own]) => ({
            scope: { name, version: "0.207.0" },
            spans: own.map(draftOf),
          })),
        },
      ],
    },
    "protobuf",
  );
  return {
    ...{ body, patches: findPatches(body, [...byScope.values()].flat()) },
    ...{ items: spans.length, amount: spans.length, trace: spans.at(-1)?.trace },
  };
}

function draftOf({ plan, parentIndex }: PlacedSpan) {
  const { name, kind, attributes, failed } = plan;
  return {
    traceId: placeholders.traceId,
    spanId: placeholders.spanId,
    ...(parentIndex !== undefined && { parentSpanId: placeholders.parentSpanId }),
    ...{ name, kind, attributes },
    startTimeUnixNano: placeholders.startNs,
    endTimeUnixNano: placeholders.endNs,
    ...(failed && { status: { code: statusCode.error, message: "upstream timed out" }, events: [exception] }),
  };
}

const exception = {
  timeUnixNano: placeholders.eventNs,
  name: "exception",
  attributes: {
    "exception.type": "TimeoutError",
    "exception.message": "upstream timed out after 500 ms",
    "exception.stacktrace": Array.from(
      { length: 6 },
      (_, i) => `    at step${i} (/srv/shop/src/call-service.js:${40 + i}:11)`,
    ).join("\n"),
  },
};

/** Fields come in the order of the schema, so each placeholder is the next one of its kind. */
function findPatches(body: Buffer, spans: readonly PlacedSpan[]): Patches {
  const patches: Patch[] = [];
  let from = 0;
  const find = (placeholder: Placeholder): number => {
    const bytes = bytesOf(placeholder);
    const offset = body.indexOf(bytes, from);
    if (offset < 0) throw new Error(`a body of the load lacks a ${placeholder}`);
    from = offset + bytes.length;
    return offset;
  };
  for (const { plan, trace, index, parentIndex, traceStartNs } of spans) {
    const time = (placeholder: Placeholder, ns: number) =>
      patches.push({ kind: patchKind.time, offset: find(placeholder), value: traceStartNs + ns });
    patches.push({ kind: patchKind.traceId, offset: find("traceId"), value: trace });
    patches.push({ kind: patchKind.spanId, offset: find("spanId"), value: index });
    if (parentIndex !== undefined)
      patches.push({ kind: patchKind.spanId, offset: find("parentSpanId"), value: parentIndex });
    time("startNs", plan.startNs);
    time("endNs", plan.endNs);
    for (const value of Object.values(plan.attributes))
      if (typeof value === "string" && value.includes(placeholders.number))
        patches.push({ kind: patchKind.number, offset: find("number"), value: trace });
    if (plan.failed) time("eventNs", plan.endNs);
  }
  return packPatches(patches);
}
