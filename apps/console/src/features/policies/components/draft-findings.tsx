import { problemOf } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { FindingRow } from "../../../ui/finding-row.tsx";
import type { PolicyCheck } from "../hooks/use-policy-check.ts";

interface DraftFindingsProps {
  readonly check: PolicyCheck;
  /** Makes the text say that findings of this code are meant so; undefined where it cannot. */
  readonly onIgnore?: ((code: string) => Promise<void>) | undefined;
}

/** Of a file with the same mistake a thousand times. */
const most = 100;

/** Warnings of what stands already, and errors of what is added: no policy says that it means them. */
const neverIgnored: readonly string[] = ["too-many-policies", "too-many-rules"];

/** What is wrong or odd in a text, its lines, and what to do. */
export function DraftFindings({ check, onIgnore }: DraftFindingsProps) {
  if (check.error) {
    const { code, message } = problemOf(check.error);
    return (
      <p role="alert" className="rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
        {code === "BAD_REQUEST"
          ? `The text cannot be checked: ${message}.`
          : `The text cannot be checked now (${message}); it will be once that is over.`}
      </p>
    );
  }
  return (
    <ul aria-label="Findings" aria-live="polite" className="flex flex-col gap-1">
      {check.findings.slice(0, most).map((finding) => (
        <FindingRow
          key={`${finding.from} ${finding.code} ${finding.path} ${finding.message}`}
          finding={finding}
          place={`line ${finding.line}`}
          action={
            onIgnore &&
            !finding.ignored &&
            finding.severity !== "error" &&
            !neverIgnored.includes(finding.code) ? (
              <Button
                look="quiet"
                size="small"
                aria-label={`Ignore ${finding.code}: it is meant so`}
                onClick={() => void onIgnore(finding.code)}
              >
                Ignore this
              </Button>
            ) : undefined
          }
        />
      ))}
      {check.findings.length > most && (
        <li className="text-muted text-xs">… and {check.findings.length - most} more</li>
      )}
    </ul>
  );
}
