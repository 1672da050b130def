import { FindingRow } from "../../../ui/finding-row.tsx";
import type { Path } from "../view-model/policy-schema.ts";
import { usePolicyForm } from "./policy-form-context.ts";

/** What is wrong or odd at a place; a control names it by `idOf(path)` with `-findings` as what describes it. */
export function PolicyFormFindings({ path }: { path: Path }) {
  const { findingsAt, idOf } = usePolicyForm();
  const findings = findingsAt(path);
  if (findings.length === 0) return null;
  return (
    <ul id={`${idOf(path)}-findings`} className="flex flex-col gap-1">
      {findings.map((finding) => (
        <FindingRow key={`${finding.code} ${finding.message}`} finding={{ ...finding, path: "" }} />
      ))}
    </ul>
  );
}
