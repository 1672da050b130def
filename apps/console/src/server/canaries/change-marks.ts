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
    .filter(
      ({ subject, at }) =>
        subjects.has(subject) && at.getTime() >= window.fromMs && at.getTime() < window.toMs,
    )
    .map((entry) => ({ atMs: entry.at.getTime(), text: changeText(entry), author: entry.author }))
    .sort((a, b) => a.atMs - b.atMs);
}

function changeText({ action, subject, after }: AuditEntry): string {
  const weights = weightsIn(after);
  if (action === "policy.put" && weights) return weights;
  if (action === "policy.delete") return "canary removed";
  const name = subject.split("/").at(-1) ?? subject;
  return `${name}: ${action.split(".").at(-1)}${after === null || after === undefined ? "" : ` ${valueIn(after)}`}`;
}

function weightsIn(after: unknown): string | undefined {
  if (typeof after !== "object" || after === null || !("backends" in after)) return undefined;
  if (!Array.isArray(after.backends)) return undefined;
  return after.backends
    .map((backend: { version?: unknown; weight?: unknown }) => `${backend.version} ${backend.weight}`)
    .join(" / ");
}

function valueIn(after: unknown): string {
  if (typeof after !== "object" || after === null) return String(after);
  return Object.values(after).map(String).join(" ");
}
