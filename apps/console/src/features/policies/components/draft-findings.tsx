import { CircleX, TriangleAlert } from "lucide-react";
import { problemOf } from "../../../client/problem.ts";
import type { PolicyCheck } from "../hooks/use-policy-check.ts";

/** What is wrong or odd in a text, with its lines. */
export function DraftFindings({ check }: { check: PolicyCheck }) {
  if (check.error)
    return (
      <p role="alert" className="rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
        The text cannot be checked now ({problemOf(check.error).message}); it will be once that is over.
      </p>
    );
  return (
    <ul aria-label="Findings" aria-live="polite" className="flex flex-col gap-1">
      {check.findings.map((finding) => {
        const wrong = finding.severity === "error";
        const Icon = wrong ? CircleX : TriangleAlert;
        return (
          <li
            key={`${finding.from} ${finding.code} ${finding.path} ${finding.message}`}
            className={`flex items-start gap-2 rounded-md px-2 py-1.5 text-xs ${
              wrong ? "bg-failing-soft text-failing" : "bg-degraded-soft text-degraded"
            }`}
          >
            <Icon size={14} role="img" aria-label={finding.severity} className="mt-px shrink-0" />
            <span className="min-w-0 break-words">
              <span className="font-mono">line {finding.line}</span>
              {finding.path && <code className="ml-1.5 font-mono">{finding.path}</code>} {finding.message}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
