import { type Check, failed, ok } from "./check.ts";
import { collectorChecks } from "./collector-checks.ts";
import { databaseChecks } from "./database-checks.ts";
import type { MeshFacts } from "./mesh-facts.ts";
import { policyChecks } from "./policy-checks.ts";
import { sidecarChecks } from "./sidecar-checks.ts";

/** Everything that is looked at, in the order in which one thing stands on another. Pure. */
export function checksOf(facts: MeshFacts): Check[] {
  return [
    { id: "database.reachable", ...databaseReachable(facts) },
    ...databaseChecks(facts),
    { id: "controller.ready", ...ready("controller", facts.controller.ready) },
    { id: "collector.ready", ...ready("collector", facts.collector.ready) },
    { id: "releases.agree", ...releasesAgree(facts) },
    ...collectorChecks(facts),
    ...policyChecks(facts),
    ...sidecarChecks(facts),
  ];
}

function databaseReachable({ database }: MeshFacts) {
  return database
    ? ok("the database answers")
    : failed(
        "the database does not answer the console",
        "sidecars serve on with what they have; start the database, or correct DATABASE_URL of the console",
      );
}

function ready(name: "controller" | "collector", isReady: boolean) {
  return isReady
    ? ok(`the ${name} is ready`)
    : failed(
        `the ${name} is not ready, or not where the console looks for it`,
        `start it, or correct WEIR_${name.toUpperCase()}_URL of the console; its log says what it waits for`,
      );
}

function releasesAgree({ release, collector, controller, database }: MeshFacts) {
  const others = [
    { name: "collector", release: collector.release },
    { name: "controller", release: controller.release },
    ...(database?.sidecars ?? [])
      .filter(({ connected }) => connected)
      .map((sidecar) => ({ name: `sidecar of ${sidecar.workload.service}`, release: sidecar.release })),
  ].filter((other) => other.release !== undefined && other.release !== release);
  if (others.length === 0) return ok(`all that answers is of release ${release}`);
  const said = [...new Set(others.map((other) => `${other.name} ${other.release}`))];
  return failed(
    `the console is of release ${release}, but ${said.slice(0, 5).join(", ")}`,
    "finish the update: restart what is of the older release",
  );
}
