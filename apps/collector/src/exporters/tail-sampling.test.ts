import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SpanDictionary } from "@weir/store";
import { encodeTraces } from "@weir/telemetry/otlp";
import { createLogger } from "@weir/telemetry/process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createProcessing } from "../processors/process-request.ts";
import { TailSamplingConfig } from "../processors/sampling/tail-sampling-config.ts";
import { TraceVerdicts } from "../processors/sampling/trace-verdicts.ts";
import { plainRules } from "../processors/testing/process-body.ts";
import { openSpool } from "../spool/open-spool.ts";
import type { SpoolRequest } from "../spool/record.ts";
import { TailSampling } from "./tail-sampling.ts";

let nowMs = 0;
let directory: string;
let tail: TailSampling;

beforeEach(async () => {
  nowMs = 1_764_000_000_000;
  directory = await mkdtemp(join(tmpdir(), "weir-tail-"));
  const decoding = { dictionary: new SpanDictionary(), rules: plainRules };
  const now = () => nowMs;
  const config = TailSamplingConfig.parse({
    decision_wait: "1s",
    policies: [{ name: "few", type: "rate_limiting", rate_limiting: { spans_per_second: 1 } }],
  });
  tail = new TailSampling({
    ...{ now, decoding, rules: plainRules, process: createProcessing(decoding) },
    spool: await openSpool({ now, log: createLogger("collector", "silent"), directory, maxBytes: 2 ** 20 }),
    verdicts: new TraceVerdicts({ config }),
  });
});
afterEach(async () => {
  await tail.spool.close();
  await rm(directory, { recursive: true });
});

function requestOf(trace: number, body = spans(trace)): SpoolRequest {
  return { signal: "traces", encoding: "protobuf", body, receivedNs: BigInt(nowMs) * 1_000_000n };
}

function spans(trace: number): Buffer {
  const time = BigInt(nowMs) * 1_000_000n;
  const span = {
    ...{ traceId: String(trace).padStart(32, "0"), spanId: "1".repeat(16), name: "a" },
    ...{ startTimeUnixNano: time, endTimeUnixNano: time },
  };
  return encodeTraces({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }, "protobuf");
}

test("a backlog that is read in one moment is judged second by second, as it came", async () => {
  const requests: SpoolRequest[] = [];
  for (let second = 1; second <= 5; second++) {
    for (const trace of [2 * second, 2 * second + 1]) requests.push(requestOf(trace));
    for (const request of requests.slice(-2)) await tail.append(request);
    nowMs += 1000;
  }
  nowMs += 600_000;
  expect(requests.map((request) => tail.process(request)?.sampledOut)).toEqual([
    0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
  ]);
});

test("what cannot be read to its end is refused, and not on disk", async () => {
  const cut = spans(1).subarray(0, -1);
  await expect(tail.append(requestOf(1, cut))).rejects.toThrow();
  expect(tail.spool.depth.requests).toBe(0);
});
