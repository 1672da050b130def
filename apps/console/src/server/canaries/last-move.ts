import type { MeshChange } from "@weir/store";

/**
 * When a service's requests were last told to go to other versions, by changes that concern it, the newest first: its
 * canary, its stable version, or a mode. Another policy of it splits nothing, and neither does a version that is new.
 */
export function lastMoveMs(changes: readonly MeshChange[], canary: string | undefined): number | undefined {
  for (const change of changes) {
    if (change.kind !== "audit") continue;
    const [kind, , name] = change.entry.subject.split("/");
    if (kind !== "policy" || name === canary) return change.entry.at.getTime();
  }
  return undefined;
}
