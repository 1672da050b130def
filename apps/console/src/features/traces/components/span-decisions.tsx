import type { SpanDecision } from "../../../server/traces/span-facts.ts";
import { DecisionEffect } from "../../../ui/decision-effect.tsx";
import { Part } from "./span-part.tsx";

/** What policies said about this request, as its sidecar saw it: what acted solid, what only would have hollow. */
export function SpanDecisions({ decisions }: { decisions: readonly SpanDecision[] }) {
  return (
    <Part title="Policy decisions" empty={decisions.length === 0}>
      <ul className="flex flex-col gap-2 text-xs">
        {decisions.map((decision) => (
          <li key={`${decision.policy} ${decision.verdict}`} className="rounded-md border border-line p-2">
            <p className="flex flex-wrap items-center gap-x-2">
              <span className="font-medium">{decision.policy}</span>
              <span className="text-muted">
                {decision.kind}, revision {decision.revision}
              </span>
            </p>
            <p className="mt-1 flex items-center gap-1.5">
              <DecisionEffect {...decision} />
              <code className="font-mono text-muted">{decision.verdict}</code>
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}
