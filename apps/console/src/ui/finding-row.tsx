import type { Finding } from "@weir/domain";
import { CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const looks = {
  error: { Icon: CircleX, tone: "bg-failing-soft text-failing" },
  warning: { Icon: TriangleAlert, tone: "bg-degraded-soft text-degraded" },
  info: { Icon: Info, tone: "bg-accent-soft text-accent" },
} as const;

interface FindingRowProps {
  readonly finding: Finding;
  /** Where it stands, such as "line 5". */
  readonly place?: string | undefined;
  /** What can be done about it here. */
  readonly action?: ReactNode;
}

/** One finding of a list: how bad, where, why, and what to do. */
export function FindingRow({
  finding: { severity, path, message, fix, code, ignored },
  place,
  action,
}: FindingRowProps) {
  const { Icon, tone } = ignored ? { ...looks[severity], tone: "bg-hover text-muted" } : looks[severity];
  return (
    <li className={`flex items-start gap-2 rounded-md px-2 py-1.5 text-xs ${tone}`}>
      <Icon size={14} role="img" aria-label={severity} className="mt-px shrink-0" />
      <span className="min-w-0 grow break-words">
        {place && <span className="mr-1.5 font-mono">{place}</span>}
        {path && <code className="mr-1.5 font-mono">{path}</code>}
        {message} <code className="font-mono text-muted">{code}</code>
        <span className={`block ${ignored ? "" : "text-text"}`}>
          {ignored ? `Meant so: the policy ignores ${code}.` : fix}
        </span>
      </span>
      {action}
    </li>
  );
}
