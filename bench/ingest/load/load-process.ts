import type { Signal } from "@weir/telemetry/otlp";
import { metricCorpus } from "../corpus/metric-batches.ts";
import { spanCorpus } from "../corpus/span-batches.ts";
import { busyLoop } from "./busy-loop.ts";
import { OtlpCaller } from "./otlp-caller.ts";
import { pacedLoop } from "./paced-loop.ts";
import { type Ready, Rounds } from "./rounds.ts";
import { emptyTally, type Tally } from "./send-until-taken.ts";

/** The only load generator of a run, so that the figures of the peers compare. */
export interface LoadCommand {
  readonly port: number;
  readonly signal: Extract<Signal, "traces" | "metrics">;
  readonly connections: number;
  readonly ms: number;
  /** Items a second; absent: as many as are taken. */
  readonly rate?: number | undefined;
}

export type LoadMessage =
  | { readonly kind: "ready" }
  /** Every second, and at the end. */
  | { readonly kind: "progress"; readonly tally: Tally }
  /** A trace that a request has just been sent of, or was due to be, by `Date.now()`. */
  | { readonly kind: "probe"; readonly traceId: string; readonly sentAtMs: number }
  | { readonly kind: "done"; readonly result: LoadResult }
  | { readonly kind: "failed"; readonly reason: string };

export interface LoadResult {
  readonly tally: Tally;
  readonly seconds: number;
  /** From when a request was due until its answer; empty without a rate. */
  readonly latenciesMs: readonly number[];
  /** Of this process. */
  readonly cpuSeconds: number;
}

const progressEveryMs = 1_000;
const probeEveryMs = 500;
const corpora = { traces: spanCorpus(), metrics: metricCorpus() };
const say = (message: LoadMessage) => process.send?.(message);
process.once("disconnect", () => process.exit());
process.on("message", (command: LoadCommand) => {
  run(command).then(
    (result) => say({ kind: "done", result }),
    (error: Error) => say({ kind: "failed", reason: error.message }),
  );
});
say({ kind: "ready" });

async function run({ port, signal, connections, ms, rate }: LoadCommand): Promise<LoadResult> {
  const rounds = new Rounds(corpora[signal], `/v1/${signal}`, Date.now);
  const callers = await Promise.all(Array.from({ length: connections }, () => OtlpCaller.open(port, signal)));
  const tally = emptyTally();
  let probedAt = Number.NEGATIVE_INFINITY;
  const onSent = ({ traceId }: Ready, atMs: number) => {
    if (traceId === "" || atMs - probedAt < probeEveryMs) return;
    probedAt = atMs;
    say({ kind: "probe", traceId, sentAtMs: performance.timeOrigin + atMs });
  };
  const progress = setInterval(() => say({ kind: "progress", tally }), progressEveryMs);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  try {
    const settings = { callers, next: () => rounds.next(), tally, ms, onSent };
    const latenciesMs = rate === undefined ? [] : await pacedLoop({ ...settings, rate });
    if (rate === undefined) await busyLoop(settings);
    const { user, system } = process.cpuUsage(cpu);
    return {
      ...{ tally, latenciesMs },
      seconds: (performance.now() - startedAt) / 1000,
      cpuSeconds: (user + system) / 1e6,
    };
  } finally {
    clearInterval(progress);
    for (const caller of callers) caller.close();
  }
}
