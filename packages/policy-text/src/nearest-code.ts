import { type Finding, ignorableCodes } from "@weir/domain";
import { closest, distance } from "fastest-levenshtein";

/** Says of a code in `ignoreFindings` that is none which one may be meant. @param value the policy as it was written. */
export function withNearestCode(finding: Finding, value: unknown): Finding {
  const [, at] = /^ignoreFindings\[(\d+)\]$/.exec(finding.path) ?? [];
  const list = (value as { readonly ignoreFindings?: readonly unknown[] } | null)?.ignoreFindings;
  const code = at === undefined ? undefined : list?.[Number(at)];
  if (finding.code !== "invalid_value" || typeof code !== "string") return finding;
  const nearest = closest(code, ignorableCodes);
  if (distance(code, nearest) > nearest.length / 2)
    return { ...finding, fix: "Write a code as it stands beside a warning, or leave it out." };
  return { ...finding, fix: `Did you mean ${nearest}?` };
}
