import type { Decision } from "@weir/domain";
import { decodeMetrics } from "@weir/telemetry/otlp";
import { DecisionSeriesTable } from "../../../packages/proxy/src/telemetry/decision-series.ts";
import { EdgeSeriesTable } from "../../../packages/proxy/src/telemetry/edge-series.ts";
import { encodeMetricsRequest } from "../../../packages/proxy/src/telemetry/metrics-request.ts";
import { nanoseconds, type RequestRecord } from "../../../packages/proxy/src/telemetry/request-record.ts";
import { resourceOf } from "../../../packages/proxy/src/telemetry/resource.ts";
import { seededRandom } from "../../shared/seeded-random.ts";
import type { Batch, Corpus } from "./corpus.ts";
import { type Patch, packPatches, patchKind } from "./patch.ts";
import { fixed64 } from "./placeholders.ts";
import { requestRecord, sidecarNamespace } from "./request-record.ts";

const sidecars = 200;
const destinationsEach = 10;
/** Of one destination in one interval. */
const requestsEach = 40;
const intervalMs = 2_000;
/** Times as no other bytes of a body look. */
const fromMs = 1_234_567_890_123;
const atMs = fromMs + intervalMs;

/** Two hundred sidecars with ten destinations each, as each of them tells of two seconds. */
export function metricCorpus(): Corpus {
  const random = seededRandom(7);
  const batches = Array.from({ length: sidecars }, (_, i) => batchOf(i, random));
  return { batches, traces: 0, spans: 0, lengthNs: intervalMs * 1e6 };
}

function batchOf(sidecar: number, random: () => number): Batch {
  const edges = new EdgeSeriesTable();
  const decisions = new DecisionSeriesTable();
  const self = partyOf(sidecar);
  for (let i = 0; i < destinationsEach; i++) {
    const peer = partyOf((sidecar + 1 + i * 7) % sidecars);
    for (let request = 0; request < requestsEach; request++) {
      const sent = record("outbound", self, peer, random);
      decisions.add(sent, edges.add(sent) as NonNullable<ReturnType<EdgeSeriesTable["add"]>>);
      edges.add(record("inbound", peer, self, random));
    }
  }
  const resource = resourceOf(self, `${self.service}-0`);
  const interval = { fromMs, toMs: atMs };
  const body = encodeMetricsRequest(resource, edges.all(), decisions.all(), interval);
  return {
    ...{ body, patches: packPatches(findTimes(body)), items: countPoints(body) },
    amount: destinationsEach * requestsEach,
  };
}

function partyOf(index: number) {
  return { namespace: sidecarNamespace, service: `service-${index}`, version: "v1" };
}

type Party = ReturnType<typeof partyOf>;

/** Two policies in observe that say something of every request. */
const watched: readonly Decision[] = (["canary", "rateLimit"] as const).map((kind) => ({
  ...{ policy: `bench-${kind}`, kind, revision: 3, mode: "observe", verdict: "version=v2" },
  ...{ wouldAct: true, acted: false, reason: "rule 1" },
}));

function record(
  direction: RequestRecord["direction"],
  source: Party,
  destination: Party,
  random: () => number,
): RequestRecord {
  const durationMs = 1.5 * Math.exp(random() * 3);
  return requestRecord({
    ...{ direction, source, destination, startMs: atMs - durationMs, durationMs },
    ...{ upstreamMs: durationMs * 0.9, method: random() < 0.8 ? "GET" : "POST" },
    ...(random() < 0.02 && { status: 503, flag: "UF" as const }),
    decisions: direction === "outbound" ? watched : [],
    sampled: random() < 0.02,
  });
}

/** Starts and ends of the interval; exemplars keep times of their own, which nobody reads. */
function findTimes(body: Buffer): Patch[] {
  return [fromMs, atMs].flatMap((ms) => {
    const bytes = fixed64(nanoseconds(ms));
    const patches: Patch[] = [];
    for (let at = body.indexOf(bytes); at >= 0; at = body.indexOf(bytes, at + bytes.length))
      patches.push({ kind: patchKind.time, offset: at, value: (ms - fromMs) * 1e6 });
    return patches;
  });
}

function countPoints(body: Buffer): number {
  const metrics = decodeMetrics(body, "protobuf").resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap((scope) => scope.metrics),
  );
  return metrics.reduce(
    (sum, { sum: total, exponentialHistogram }) => sum + (total ?? exponentialHistogram)!.dataPoints.length,
    0,
  );
}
