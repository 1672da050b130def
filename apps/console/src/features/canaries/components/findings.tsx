import type { Finding } from "@weir/domain";
import { CircleX, TriangleAlert } from "lucide-react";

/** What is wrong with a draft, and where in it. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Findings" className="flex flex-col gap-1">
      {findings.map((finding) => {
        const Icon = finding.severity === "error" ? CircleX : TriangleAlert;
        const tone =
          finding.severity === "error" ? "bg-failing-soft text-failing" : "bg-degraded-soft text-degraded";
        return (
          <li
            key={`${finding.code} ${finding.path}`}
            role={finding.severity === "error" ? "alert" : undefined}
            className={`flex items-start gap-2 rounded-md px-2 py-1.5 text-xs ${tone}`}
          >
            <Icon size={14} role="img" aria-label={finding.severity} className="mt-px shrink-0" />
            <span>
              {finding.path && <code className="mr-1 font-mono">{finding.path}</code>}
              {finding.message}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
