import type { Mode } from "@weir/domain";
import { candidatesOf } from "./canary-sentence.ts";
import type { Weights } from "./weights.ts";

/** What the save button says: exactly what pressing it does, which depends on the mode in force. */
export function saveLabel(draft: Weights, stableVersion: string | undefined, mode: Mode): string {
  const shares = candidatesOf(draft, stableVersion)
    .map(({ version, weight }) => `${weight} % to ${version}`)
    .join(" and ");
  if (mode === "observe")
    return `Save: sidecars will record ${shares}, traffic stays on ${stableVersion ?? "the stable version"}`;
  return `Send ${shares.replace(" to ", " of requests to ")} now`;
}
