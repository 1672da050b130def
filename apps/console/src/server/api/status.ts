import { serviceIdText } from "@weir/domain";
import type { SidecarStatus, StoredPolicy } from "@weir/store";
import { z } from "zod";
import type { Check } from "../status/check.ts";
import { checksOf } from "../status/checks-of.ts";
import { type MeshFacts, stateOf } from "../status/mesh-facts.ts";
import { readFacts } from "../status/read-facts.ts";
import { publicProcedure } from "../trpc.ts";
import type { Operation } from "./operation.ts";
import { timeText } from "./time-window.ts";

const StatusQuery = z.strictObject({});

const CheckShape = z
  .object({
    id: z.string().meta({ description: "Stays the same over releases.", example: "sidecars.current" }),
    state: z.enum(["ok", "warning", "failed", "unknown"]).meta({
      description: "`unknown`: what it needs to know is away.",
    }),
    says: z.string(),
    hint: z.string().nullable().meta({ description: "What to do about it." }),
  })
  .meta({ id: "Check" });

const ProcessShape = z
  .object({
    name: z.enum(["console", "collector", "controller", "database"]),
    ready: z.boolean(),
    release: z.string().nullable(),
  })
  .meta({ id: "Process" });

const SidecarShape = z
  .object({
    id: z.string(),
    service: z.string().meta({ description: "`namespace/name`." }),
    version: z.string(),
    address: z.string().nullable(),
    release: z.string(),
    state: z.enum(["current", "behind", "refused", "lapsed", "gone"]).meta({
      description:
        "Against the snapshot that it should run; `lapsed`: its lease ran out unannounced; `gone`: it left within the last hour.",
    }),
    runs: z.string().nullable(),
    wanted: z.string().nullable(),
    reason: z.string().nullable().meta({ description: "Why it refused a snapshot." }),
  })
  .meta({ id: "Sidecar" });

const PolicyShape = z
  .object({
    id: z.string().meta({ description: "`namespace/name`." }),
    kind: z.string(),
    target: z.string(),
    mode: z.enum(["observe", "enforce"]).meta({ description: "In force." }),
    revision: z.number(),
    changedAt: z.iso.datetime(),
    changedBy: z.string(),
  })
  .meta({ id: "Policy" });

const Status = z
  .object({
    at: z.iso.datetime(),
    state: z.enum(["ok", "warning", "failed"]).meta({ description: "The worst of the checks." }),
    away: z.array(z.string()).meta({ description: "Names of the processes that are not ready." }),
    processes: z.array(ProcessShape),
    mesh: z
      .object({
        mode: z.enum(["observe", "enforce"]),
        hold: z.boolean().meta({ description: "Everything is held in observe." }),
        revision: z.number().meta({ description: "Of the configuration." }),
        services: z.number(),
        policies: z.number(),
      })
      .nullable()
      .meta({ description: "Null while the database is away; so are the next three." }),
    policies: z.array(PolicyShape).nullable(),
    sidecars: z.array(SidecarShape).nullable(),
    telemetry: z
      .object({
        newestAt: z.iso.datetime().nullable(),
        lagSeconds: z.number().nullable().meta({ description: "Null before the first telemetry." }),
      })
      .nullable(),
    checks: z.array(CheckShape).meta({ description: "In the order in which one thing stands on another." }),
  })
  .meta({ id: "Status" });

const procedure = publicProcedure
  .input(StatusQuery)
  .output(Status)
  .query(async ({ ctx }) => statusOf(await readFacts(ctx)));

/** The health of all of Weir. */
export const status: Operation = {
  path: "/status",
  operationId: "status",
  summary: "The mesh, its processes, its database and its sidecars: what is away, what is wrong, what to do.",
  description: "An answer also when everything but the console is away.",
  query: StatusQuery,
  answer: Status,
  procedure,
};

/** Facts in the names of the API. Pure. */
export function statusOf(facts: MeshFacts): z.infer<typeof Status> {
  const { atMs, release, collector, controller, database } = facts;
  const checks = checksOf(facts);
  const processes = [
    { name: "console" as const, ready: true, release },
    { name: "collector" as const, ready: collector.ready, release: collector.release ?? null },
    { name: "controller" as const, ready: controller.ready, release: controller.release ?? null },
    { name: "database" as const, ready: database !== undefined, release: null },
  ];
  const newestMs = database?.newestSlotEndMs;
  return {
    at: timeText(atMs),
    state: worstOf(checks),
    away: processes.filter(({ ready }) => !ready).map(({ name }) => name),
    processes,
    mesh: database
      ? { ...database.mesh, services: database.services.length, policies: database.policies.length }
      : null,
    policies: database ? database.policies.map(policyShape) : null,
    sidecars: database ? database.sidecars.map(sidecarShape) : null,
    telemetry: database
      ? {
          newestAt: newestMs === undefined ? null : timeText(newestMs),
          lagSeconds: newestMs === undefined ? null : Math.max(0, atMs - newestMs) / 1_000,
        }
      : null,
    checks: checks.map((check) => ({ ...check, hint: check.hint ?? null })),
  };
}

function worstOf(checks: readonly Check[]): "ok" | "warning" | "failed" {
  if (checks.some(({ state }) => state === "failed")) return "failed";
  return checks.some(({ state }) => state === "warning") ? "warning" : "ok";
}

function policyShape({
  policy,
  resolvedMode,
  changedAt,
  changedBy,
}: StoredPolicy): z.infer<typeof PolicyShape> {
  const { namespace, name, kind, targetRef, revision } = policy;
  return {
    id: `${namespace}/${name}`,
    ...{ kind, target: targetRef, mode: resolvedMode.mode, revision },
    changedAt: changedAt.toISOString(),
    changedBy,
  };
}

function sidecarShape(sidecar: SidecarStatus): z.infer<typeof SidecarShape> {
  const { proxyId, workload, address, release, ackedVersion, wantedVersion, nackReason } = sidecar;
  return {
    id: proxyId,
    service: serviceIdText(workload),
    version: workload.version,
    address: address ?? null,
    release,
    state: stateOf(sidecar),
    runs: ackedVersion ?? null,
    wanted: wantedVersion ?? null,
    reason: nackReason ?? null,
  };
}
