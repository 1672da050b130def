import { atLeast, atMost, type Judged, ratio } from "../shared/targets.ts";
import { figure, type Results } from "./results.ts";

/** What the sidecar must reach, as ratios of one run where peers are named. */
export function judge(results: Results): Judged[] {
  const cpu = (peer: string) => figure(results.throughput.get("218b"), peer)?.cpuUs;
  const large = (peer: string) => figure(results.throughput.get("1m"), peer)?.mibPerSecond;
  const grown = (name: string) => figure(results.growth, name)?.cpuUs;
  const latency = figure(results.latency, "weir");
  const memory = figure(results.memory, "weir");
  return [
    atMost("CPU with all telemetry and ten policies / Envoy's", ratio(cpu("weir"), cpu("envoy")), 1),
    atMost("CPU with all telemetry and ten policies / HAProxy's", ratio(cpu("weir"), cpu("haproxy")), 2.5),
    atLeast(
      "CPU of http-proxy-3 / with all telemetry and ten policies",
      ratio(cpu("http-proxy-3"), cpu("weir")),
      5,
    ),
    atMost("CPU bare / HAProxy's", ratio(cpu("weir-bare"), cpu("haproxy")), 2),
    atMost("added p50, ms", thousandth(latency?.addedP50Us), 0.3),
    atMost("added p99, ms", thousandth(latency?.addedP99Us), 1.5),
    atLeast("throughput of 1 MiB answers / HAProxy's", ratio(large("weir"), large("haproxy")), 0.6),
    atMost("resident memory idle, MB", memory?.idleMb, 90),
    atMost("memory of an idle connection, KB", memory?.connectionKb, 60),
    atMost(
      "CPU with 1,000 policies / with ten",
      ratio(grown("1,000 on the called service"), grown("10 policies")),
      1.2,
    ),
  ];
}

function thousandth(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value / 1000;
}
