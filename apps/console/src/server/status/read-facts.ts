import { serviceIdText } from "@weir/domain";
import { release, releaseHeader } from "@weir/domain/release";
import { request } from "undici";
import { readCollectorStatus } from "../mesh/collector.ts";
import { answerWithinMs } from "../mesh/is-ready.ts";
import { databaseState, newestSlotEnd, partitionsUntil, topology } from "../store.ts";
import { topologyView } from "../topology/topology-view.ts";
import type { Context } from "../trpc.ts";
import type { DatabaseFacts, MeshFacts, ProcessFacts } from "./mesh-facts.ts";
import { readTrafficFacts } from "./read-traffic-facts.ts";
import { within } from "./within.ts";

/** Longer than a database takes that answers at all. */
const databaseWithinMs = 4_000;
const trafficWithinMs = 1_500;
const idleAfterMs = 15 * 60_000;

/** Asks everything at once. Never throws: what does not answer in time is not there. */
export async function readFacts(ctx: Context): Promise<MeshFacts> {
  const { collectorUrl, controllerUrl } = ctx.settings;
  const [collector, status, controller, database] = await Promise.all([
    readProcess(collectorUrl),
    readCollectorStatus(collectorUrl),
    readProcess(controllerUrl),
    within(databaseWithinMs, readDatabase(ctx)),
  ]);
  return {
    atMs: ctx.now(),
    release,
    collector: { ...collector, status: status ?? undefined },
    controller,
    database,
  };
}

async function readProcess(url: string): Promise<ProcessFacts> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const { statusCode, headers, body } = await request(new URL("/readyz", url), { signal });
    await body.dump();
    const named = headers[releaseHeader];
    return { ready: statusCode === 200, release: typeof named === "string" ? named : undefined };
  } catch {
    return { ready: false, release: undefined }; // whatever the reason, it does not answer
  }
}

async function readDatabase(ctx: Context): Promise<DatabaseFacts> {
  const window = { fromMs: ctx.now() - idleAfterMs, toMs: ctx.now() };
  const [state, config, services, policies, sidecars, rows, newestSlotEndMs, partitionsUntilMs] =
    await Promise.all([
      databaseState(ctx.sql),
      ctx.config.readMeshConfig(),
      ctx.config.listServices(),
      ctx.config.listPolicies(),
      ctx.config.listSidecars(),
      topology(ctx.sql, window),
      newestSlotEnd(ctx.sql),
      partitionsUntil(ctx.sql),
    ]);
  const inTraffic = await readTrafficFacts(
    ctx,
    policies.map(({ policy }) => policy),
    { budgetMs: trafficWithinMs },
  );
  const { edges } = topologyView(rows, services, config.policies);
  const busy = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const ids = services.map(({ namespace, name }) => serviceIdText({ namespace, service: name }));
  return {
    state,
    mesh: { ...config.mesh, revision: config.revision },
    ...{ policies, inTraffic },
    knownServices: services,
    services: ids,
    idle: ids.filter((id) => !busy.has(id)),
    ...{ sidecars, newestSlotEndMs, partitionsUntilMs },
  };
}
