import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SpanDictionary } from "@weir/store";
import { encodeTraces } from "@weir/telemetry/otlp";
import { expect, test } from "vitest";
import { createProcessing } from "./process-request.ts";
import { plainRules, receivedNs } from "./testing/process-body.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const mebibyte = 2 ** 20;

test.each(["service.name", "service.version", "service.namespace"])(
  "of a %s only what is kept of it stays in memory",
  (attribute) => {
    const process = createProcessing({ dictionary: new SpanDictionary(), rules: plainRules });
    const send = (i: number): void => {
      const attributes = { "service.name": "web", [attribute]: `${i}`.padEnd(mebibyte, "a") };
      const ids = { traceId: "1".repeat(32), spanId: "1".repeat(16), name: "a" };
      const span = { ...ids, startTimeUnixNano: receivedNs, endTimeUnixNano: receivedNs };
      const resourceSpans = [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }];
      const body = encodeTraces({ resourceSpans }, "protobuf");
      process({ signal: "traces", encoding: "protobuf", body, digest: new Uint8Array(32), receivedNs });
    };
    const usedAfter = (from: number, to: number): number => {
      for (let i = from; i < to; i++) send(i);
      // What a first collection frees of the heap may hold memory outside of it.
      for (let times = 0; times < 3; times++) collectGarbage();
      const { heapUsed, external } = globalThis.process.memoryUsage();
      return heapUsed + external;
    };
    const before = usedAfter(0, 5);
    expect(usedAfter(5, 45) - before).toBeLessThan(10 * mebibyte);
  },
);
