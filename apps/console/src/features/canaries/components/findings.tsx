import type { Finding } from "@weir/domain";
import { FindingRow } from "../../../ui/finding-row.tsx";

/** What is wrong with a draft, and where in it. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul aria-label="Findings" aria-live="polite" className="flex flex-col gap-1">
      {findings.map((finding) => (
        <FindingRow key={`${finding.code} ${finding.path}`} finding={finding} />
      ))}
    </ul>
  );
}
