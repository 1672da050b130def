import type { Finding } from "@weir/domain";
import { FindingRow } from "../../../ui/finding-row.tsx";
import { findingsUnder } from "../view-model/findings-under.ts";

interface PlanFindingsProps {
  readonly findings: readonly Finding[];
  /** Only what is wrong at these members, or below them. */
  readonly at: readonly string[];
}

/** What is wrong in a part of the plan, at its place. */
export function PlanFindings({ findings, at }: PlanFindingsProps) {
  const shown = findingsUnder(findings, at);
  if (shown.length === 0) return null;
  return (
    <ul aria-label="Findings" className="flex flex-col gap-1">
      {shown.map((finding) => (
        <FindingRow key={`${finding.code} ${finding.path} ${finding.message}`} finding={finding} />
      ))}
    </ul>
  );
}
