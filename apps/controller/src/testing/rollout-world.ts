import { bucketIndex } from "@weir/domain";
import { RolloutPlan } from "@weir/rollout";
import {
  type ConfigStore,
  commitTelemetry,
  createTelemetryCaches,
  openConfigStore,
  openSql,
  type Sql,
  type StoredRollout,
} from "@weir/store";
import { createLogger } from "@weir/telemetry/process";
import { createTestDatabase, type TestDatabase } from "@weir/testkit";
import { Registry } from "prom-client";
import type { z } from "zod";
import type { Duty } from "../duties/duty.ts";
import { type RolloutDutySettings, rolloutDuty } from "../rollout/rollout-duty.ts";
import { RolloutMeters } from "../rollout/rollout-meters.ts";

const slotMs = 10_000;
const exportMs = 2_000;
const web = { namespace: "shop", service: "web", version: "v1" };
const payments = (version: string) => ({ namespace: "shop", service: "payments", version });

/** How a version answers: shares of its requests, 0 to 1. */
export interface Behaviour {
  readonly failing: number;
  /** Take a second; the others 20 ms. */
  readonly slow: number;
}

/**
 * A mesh of which a rollout is driven in simulated time: `shop/web` calls `shop/payments`, whose requests are shared out as the
 * canary policy in the database says, and are told of every two seconds as sidecars do. Its time lies an hour back, so
 * that nothing of it is of the future.
 */
export class RolloutWorld {
  readonly database: TestDatabase;
  readonly store: ConfigStore;
  readonly sql: Sql;
  readonly registry = new Registry();
  /** Of the controllers' clocks. */
  nowMs = Math.floor((Date.now() - 3_600_000) / slotMs) * slotMs;
  /** All requests of ten seconds. */
  requestsInSlot = 10_000;
  /** false: nothing is heard of anything. */
  tells = true;
  /** The canary's endpoints are gone: what was to reach it reaches nobody. */
  canaryIsGone = false;
  behaviour: Record<"v1" | "v2", Behaviour> = {
    v1: { failing: 0.01, slow: 0.01 },
    v2: { failing: 0.01, slow: 0.01 },
  };
  #toldMs = this.nowMs - 600_000;
  readonly #meters = new RolloutMeters(this.registry);
  readonly #leftOver = new Map<string, number>();
  readonly #caches = createTelemetryCaches();

  private constructor(database: TestDatabase) {
    this.database = database;
    this.store = openConfigStore(database.databaseUrl);
    this.sql = openSql(database.databaseUrl, { applicationName: "test", max: 2 });
  }

  static async open(): Promise<RolloutWorld> {
    const world = new RolloutWorld(await createTestDatabase());
    for (const [version, port] of [
      ["v1", 9001],
      ["v2", 9002],
    ] as const)
      await world.store.registerSidecar(
        {
          ...{ proxyId: `payments-${version}`, release: "0.1.0", inboundAddress: `127.0.0.1:${port}` },
          workload: { namespace: "shop", service: "payments", version },
        },
        { controllerId: "c1", leaseMs: 3_600_000 },
      );
    await world.tell();
    return world;
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.sql.end();
    await this.database.drop();
  }

  /** Begins a rollout in the world's time. */
  async start(given: Partial<z.input<typeof RolloutPlan>> = {}): Promise<StoredRollout> {
    const plan = RolloutPlan.parse({
      ...{ name: "payments-v2", namespace: "shop", targetRef: "payments", baseline: "v1", canary: "v2" },
      steps: [5, 50, 100].map((weight) => ({ weight, forMs: 20_000 })),
      ...given,
    });
    const { id } = await this.store.startRollout(plan, { author: "ada" });
    const at = new Date(this.nowMs);
    await this.sql`UPDATE rollout SET created_at = ${at}, step_at = ${at}, steered_at = ${at},
      state = jsonb_set(state, '{seenMs}', ${String(this.nowMs)}::text::jsonb) WHERE id = ${id}`;
    return this.rollout(id);
  }

  async rollout(id: number): Promise<StoredRollout> {
    const found = await this.store.getRollout(id);
    if (!found) throw new Error(`no rollout ${id}`);
    return found;
  }

  /** Weights that the canary was given one after the other, by the revisions of its policy. */
  async weights(): Promise<number[]> {
    const revisions = await this.store.policyRevisions("shop", "payments-v2");
    return revisions.reverse().map(({ policy }) => weightOf(policy));
  }

  /** A look at all rollouts by a controller, which may have a way of its own to the store. */
  async look(by: Partial<RolloutDutySettings> = {}, signal = new AbortController().signal): Promise<void> {
    await this.#duty(by).run(signal);
  }

  /** The duty is another controller's from now on. */
  left(): void {
    this.#duty().left?.();
  }

  #duty(by: Partial<RolloutDutySettings> = {}): Duty {
    return rolloutDuty({
      ...{ store: this.store, sql: this.sql, meters: this.#meters, others: () => [] },
      logger: createLogger("controller-test", "silent"),
      now: () => this.nowMs,
      ...by,
    });
  }

  /** Lets time pass, some seconds at a time, with a look at the end of each. */
  async pass(seconds: number, by: Partial<RolloutDutySettings> = {}, eachSeconds = 5): Promise<void> {
    for (let passed = 0; passed < seconds; passed += eachSeconds) {
      await this.wait(eachSeconds);
      await this.look(by);
    }
  }

  /** Lets time pass without a look. */
  async wait(seconds: number): Promise<void> {
    this.nowMs += seconds * 1_000;
    await this.tell();
  }

  /** Until the rollout is over; fails after so many seconds of simulated time. */
  async untilOver(
    id: number,
    mostSeconds: number,
    by: Partial<RolloutDutySettings> = {},
  ): Promise<StoredRollout> {
    for (let passed = 0; passed < mostSeconds; passed += 5) {
      await this.pass(5, by);
      const rollout = await this.rollout(id);
      if (rollout.endedAt) return rollout;
    }
    const { state, look } = await this.rollout(id);
    throw new Error(`not over after ${mostSeconds} s: ${state.phase} in step ${state.step}, ${look?.reason}`);
  }

  /** What every sidecar tells at the end of each of its intervals, and that others of the mesh are heard of. */
  async tell(): Promise<void> {
    const untilMs = Math.floor(this.nowMs / exportMs) * exportMs;
    const points = [];
    if (this.tells) {
      const weight = weightOf((await this.store.getPolicy("shop", "payments-v2"))?.policy);
      for (let atMs = this.#toldMs + exportMs; atMs <= untilMs; atMs += exportMs) {
        const all = (this.requestsInSlot * exportMs) / slotMs;
        points.push(...this.#pointsOf(atMs, "v2", (all * weight) / 100));
        points.push(...this.#pointsOf(atMs, "v1", (all * (100 - weight)) / 100));
      }
      points.push(pointOf(this.nowMs + 1, { ...web, service: "stock" }, 2, 1, 0));
    }
    this.#toldMs = untilMs;
    const digest = crypto.getRandomValues(new Uint8Array(32));
    const none = { accessLogs: [], logs: [], metricPoints: [], decisionPoints: [] };
    const request = { digest, ...none, edgePoints: points };
    if (points.length > 0) await commitTelemetry(this.sql, { requests: [request] }, this.#caches);
  }

  #pointsOf(atMs: number, version: "v1" | "v2", expected: number) {
    const { failing, slow } = this.behaviour[version];
    const requests = this.#whole(`${version} requests`, expected);
    if (version === "v2" && this.canaryIsGone)
      return requests > 0 ? [pointOf(atMs, payments(""), 5, requests, 0)] : [];
    const failed = Math.min(requests, this.#whole(`${version} failed`, requests * failing));
    const late = Math.min(requests - failed, this.#whole(`${version} late`, requests * slow));
    return [
      pointOf(atMs, payments(version), 2, requests - failed, late),
      pointOf(atMs, payments(version), 5, failed, 0),
    ].filter((point) => point.requests > 0);
  }

  /** A whole number; what is left over comes later. */
  #whole(what: string, expected: number): number {
    const due = expected + (this.#leftOver.get(what) ?? 0);
    this.#leftOver.set(what, due - Math.floor(due));
    return Math.floor(due);
  }
}

/** Of the interval that ends then. */
function pointOf(
  timeMs: number,
  destination: typeof web,
  statusClass: 2 | 5,
  requests: number,
  slow: number,
) {
  return {
    ...{ timeMs, reporter: "source" as const, source: web, destination },
    ...{ protocol: "http", method: "GET", statusClass, flag: "", requests },
    ...{ requestBytes: 0, responseBytes: 0, durationSumSeconds: 0, exemplars: [] },
    histogram: {
      indexes: [bucketIndex(0.02), bucketIndex(1)],
      counts: [requests - slow, slow],
    },
  };
}

function weightOf(policy: { kind: string; backends?: unknown } | undefined): number {
  if (policy?.kind !== "canary") return 0;
  const backends = policy.backends as readonly { version: string; weight: number }[];
  return backends.find(({ version }) => version === "v2")?.weight ?? 0;
}
