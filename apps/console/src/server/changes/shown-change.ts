import { auditSentence, consolePathOf, servicePath } from "@weir/domain";
import type { AuditEntry, MeshChange, VersionSeen } from "@weir/store";
import { z } from "zod";
import { MeshName } from "../bounded-text.ts";

export const ServiceRef = z.object({ namespace: MeshName, name: MeshName });
export type ServiceRef = z.infer<typeof ServiceRef>;

/**
 * `weights`: how a canary splits; `policy`: any other policy; `mode`: observe, enforce or hold; `stable`: the version that
 * takes what no policy decides; `version`: one met for the first time; `rollout`: what became of one; `target`: who is told.
 */
export const ChangeKind = z.enum(["weights", "policy", "mode", "stable", "version", "rollout", "target"]);
export type ChangeKind = z.infer<typeof ChangeKind>;

export const ShownChange = z.object({
  id: z.string(),
  atMs: z.number(),
  kind: ChangeKind,
  /** In a sentence without its end. */
  what: z.string(),
  who: z.string(),
  why: z.string().optional(),
  /** Where more is said of it, within the console. */
  href: z.string(),
  /** The service it is about; absent for a namespace and for the mesh. */
  service: ServiceRef.optional(),
  /** The namespace, all of whose services it is about. */
  namespace: MeshName.optional(),
});
export type ShownChange = z.infer<typeof ShownChange>;

/** @param enforcements that changes belong to, by their revision: what was enforced under a guard is read there. */
export function changeOf(change: MeshChange, enforcements: ReadonlyMap<number, number>): ShownChange {
  if (change.kind === "version") return ofVersion(change.seen);
  return ofEntry(change.entry, enforcements.get(change.entry.configRevision));
}

function ofEntry(entry: AuditEntry, enforcement: number | undefined): ShownChange {
  const { id, at, author, subject } = entry;
  const reason = entry.reason ?? decidedBecause(entry.after);
  const service = serviceOf(subject, entry.after) ?? serviceOf(subject, entry.before);
  return {
    ...{
      id: `audit ${id}`,
      atMs: at.getTime(),
      kind: kindOf(entry),
      what: auditSentence(entry),
      who: author,
      href: enforcement === undefined ? consolePathOf(entry) : `/enforcements/${enforcement}`,
    },
    ...(reason === undefined ? {} : { why: reason }),
    ...(service && { service }),
    ...(subject.startsWith(namespacePrefix) && { namespace: subject.slice(namespacePrefix.length) }),
  };
}

const namespacePrefix = "namespace/";

/** Of a rollout: why it was decided. */
function decidedBecause(after: unknown): string | undefined {
  if (typeof after !== "object" || after === null || !("reason" in after)) return undefined;
  return typeof after.reason === "string" ? after.reason : undefined;
}

function kindOf({ action, before, after }: AuditEntry): ChangeKind {
  if (action.startsWith("rollout.")) return "rollout";
  if (action.startsWith("target.")) return "target";
  if (action.startsWith("policy.")) return [before, after].some(isCanary) ? "weights" : "policy";
  return action === "service.stableVersion" ? "stable" : "mode";
}

function isCanary(policy: unknown): boolean {
  return typeof policy === "object" && policy !== null && "kind" in policy && policy.kind === "canary";
}

/** Of `service/shop/payments` and `rollout/shop/payments`, or the target of the policy that `policy/shop/limit` was. */
function serviceOf(subject: string, policy: unknown): ServiceRef | undefined {
  const [kind, namespace, name] = subject.split("/");
  if (namespace === undefined || name === undefined) return undefined;
  if (kind === "service" || kind === "rollout") return { namespace, name };
  if (typeof policy !== "object" || policy === null || !("targetRef" in policy)) return undefined;
  return typeof policy.targetRef === "string" ? { namespace, name: policy.targetRef } : undefined;
}

function ofVersion({ at, service, version, evidence, isFirst }: VersionSeen): ShownChange {
  const name = [service.namespace, service.name].filter(Boolean).join("/");
  return {
    ...{ id: `version ${name} ${version}`, atMs: at.getTime(), kind: "version", service },
    href: servicePath(service),
    what: isFirst ? `service ${name} is new, at version ${version}` : `version ${version} of ${name} is new`,
    who: evidence === "sidecar" ? "its first sidecar" : "its first telemetry",
  };
}
