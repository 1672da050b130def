import type { Window } from "@weir/domain";
import type { AuditEntry } from "@weir/store";

/** A change that may have moved a service's traffic. */
export interface ChangeMark {
  readonly atMs: number;
  readonly text: string;
  readonly author: string;
}

/** The audit's entries that concern a service and its canary, inside the window, the oldest first. */
export function changeMarks(
  audit: readonly AuditEntry[],
  of: { readonly namespace: string; readonly service: string; readonly policy: string | undefined },
  window: Window,
): ChangeMark[] {
  const subjects = new Set(["mesh", `namespace/${of.namespace}`, `service/${of.namespace}/${of.service}`]);
  if (of.policy !== undefined) subjects.add(`policy/${of.namespace}/${of.policy}`);
  return audit
    .filter(({ subject }) => subjects.has(subject))
    .map((entry) => ({ atMs: entry.at.getTime(), text: changeText(entry), author: entry.author }))
    .filter((mark): mark is ChangeMark => mark.text !== undefined)
    .filter(({ atMs }) => atMs >= window.fromMs && atMs < window.toMs)
    .sort((a, b) => a.atMs - b.atMs);
}

/** The change in a few words; undefined for one that moves no traffic, such as the discovery of a service. */
function changeText({ action, subject, after }: AuditEntry): string | undefined {
  const name = subject.split("/").at(-1) ?? subject;
  const value = typeof after === "string" ? after : undefined;
  switch (action) {
    case "policy.create":
    case "policy.put":
      return weightsIn(after) ?? `${name} changed`;
    case "policy.delete":
      return "canary removed";
    case "mesh.hold":
      return after === true ? "mesh put on hold" : "hold of the mesh lifted";
    case "mesh.mode":
      return `mesh to ${value}`;
    case "namespace.mode":
      return `namespace ${name} to ${value ?? "the mesh's mode"}`;
    case "service.mode":
      return `${name} to ${value ?? "its namespace's mode"}`;
    case "service.stableVersion":
      return value ? `${name}: stable version ${value}` : `${name}: stable version derived`;
    default:
      return undefined;
  }
}

function weightsIn(after: unknown): string | undefined {
  if (typeof after !== "object" || after === null || !("backends" in after)) return undefined;
  if (!Array.isArray(after.backends)) return undefined;
  return after.backends
    .map((backend: { version?: unknown; weight?: unknown }) => `${backend.version} ${backend.weight}`)
    .join(" / ");
}
