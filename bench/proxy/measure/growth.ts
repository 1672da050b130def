import { residentMb } from "../../shared/process-usage.ts";
import type { Load } from "../load/load.ts";
import type { RunningPeer, Surroundings } from "../peers/peer.ts";
import { weir } from "../peers/weir.ts";
import { furtherRoutes, tenPolicies } from "../peers/weir-policies.ts";
import type { ByPeer, Growth } from "../results.ts";
import { measureThroughput, type ThroughputPlan, throughputCases } from "./throughput.ts";

const called = "backend";
const others = (count: number) => Array.from({ length: count }, (_, index) => `service-${index}`);

/** What a sidecar with all telemetry has to hold; the first is what the others are compared with. */
const holdings = {
  "10 policies": [tenPolicies(called), []],
  "100 on the called service": [[...furtherRoutes(called, 90), ...tenPolicies(called)], []],
  "1,000 on the called service": [[...furtherRoutes(called, 990), ...tenPolicies(called)], []],
  "100 over 10 services": [[called, ...others(9)].flatMap(tenPolicies), others(9)],
  "1,000 over 100 services": [[called, ...others(99)].flatMap(tenPolicies), others(99)],
  "1,000 services": [tenPolicies(called), others(999)],
} as const;

/** The small answer through sidecars that differ in nothing but what they hold, a slice of each in turn. */
export async function measureGrowth(
  load: Load,
  surroundings: Surroundings,
  plan: ThroughputPlan,
): Promise<ByPeer<Growth>> {
  const running = new Map<string, RunningPeer>();
  for (const [index, [name, [policies, furtherServices]]] of Object.entries(holdings).entries()) {
    const peer = weir(`weir-growth-${index}`, name, { telemetry: true, policies, furtherServices });
    running.set(name, await peer.start(surroundings));
  }
  // They are many, and each slice waits for its telemetry.
  const shorter = { ...plan, warmUpSlices: Math.min(plan.warmUpSlices, 8), slices: Math.min(plan.slices, 4) };
  const measured = await measureThroughput(load, running, throughputCases["218b"]!, shorter);
  return new Map(
    [...measured].map(([name, throughput]) => [
      name,
      throughput instanceof Error
        ? throughput
        : { cpuUs: throughput.cpuUs, residentMb: residentMb(running.get(name)!.pid) },
    ]),
  );
}
