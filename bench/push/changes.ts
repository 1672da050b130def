import { setTimeout as pause } from "node:timers/promises";
import type { Policy } from "@weir/domain";
import type { ConfigStore, Sql } from "@weir/store";
import type { Watch } from "./watch.ts";

const author = { author: "bench" };

/** Moves the weights of one canary so many times, each once the change before has arrived everywhere. */
export async function moveWeights(store: ConfigStore, watch: Watch, times: number) {
  const took: { first: number; all: number }[] = [];
  for (let i = 0; i < times; i++) {
    took.push(await watch.after(() => store.putPolicy(canaryAt(i % 100), author)));
    await pause(50);
  }
  return took;
}

function canaryAt(weight: number): Policy {
  return {
    ...{ kind: "canary", name: "moving", namespace: "bench", targetRef: "s0", mode: "enforce" },
    backends: [
      { version: "v1", weight: 100 - weight },
      { version: "v2", weight },
    ],
  };
}

/**
 * Puts so many policies into force, spread over the services: by one statement, as ten thousand changes one after the
 * other are not what is measured, and by one more change through the store, which tells the controller.
 */
export async function putPolicies(sql: Sql, store: ConfigStore, count: number, services: number) {
  await sql`
    INSERT INTO policy (namespace, name, target, kind, revision, spec, changed_by)
    SELECT 'bench', 'limit-' || i, 's' || i % ${services}::int, 'rateLimit', 1, jsonb_build_object(
      'kind', 'rateLimit', 'name', 'limit-' || i, 'namespace', 'bench', 'targetRef', 's' || i % ${services}::int,
      'maxTokens', 100, 'tokensPerFill', 100, 'fillIntervalMs', 1000,
      'overrides', jsonb_build_array(jsonb_build_object(
        'match', jsonb_build_object('header', jsonb_build_object('name', 'x-tenant', 'exact', 'tenant-' || i)),
        'maxTokens', 10, 'tokensPerFill', 10, 'fillIntervalMs', 1000))), 'bench'
    FROM generate_series(1, ${count}::int) AS i`;
  await store.putPolicy(canaryAt(100), author);
}
