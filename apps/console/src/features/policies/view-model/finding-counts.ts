import type { PolicyListItem } from "../../../server/policies/list.ts";
import { plural } from "../../../ui/format/numbers.ts";

export interface SaidFindings {
  /** The gravest there is. */
  readonly severity: "error" | "warning" | "info";
  /** `1 error, 2 warnings`. */
  readonly words: string;
}

const names = { error: "error", warning: "warning", info: "hint" } as const;

/** What is to be said of a policy's findings; undefined: there are none. Hints are named where there is nothing graver. */
export function findingCounts(counts: PolicyListItem["findings"]): SaidFindings | undefined {
  const grave = (["error", "warning"] as const).filter((severity) => counts[severity] > 0);
  const [severity] = grave;
  if (severity !== undefined)
    return { severity, words: grave.map((each) => plural(counts[each], names[each])).join(", ") };
  return counts.info > 0 ? { severity: "info", words: plural(counts.info, names.info) } : undefined;
}
