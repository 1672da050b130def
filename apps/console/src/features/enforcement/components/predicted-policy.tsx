"use client";

import { fewestRequests, type PolicyPrediction, requestsOf } from "@weir/rollout";
import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { useLink } from "../../frame/index.ts";
import { policySentence } from "../../modes/view-model/policy-sentence.ts";
import { policyPath } from "../../policies/view-model/policy-path.ts";

const becomesEnforced = {
  before: { mode: "observe" },
  after: { mode: "enforce", origin: "policy" },
} as const;

/** What one policy would do, in a sentence; or that nobody knows. */
export function PredictedPolicy({ policy }: { policy: PolicyPrediction }) {
  const linkTo = useLink();
  const verdicts = policy.verdicts.map(({ verdict, evaluated, acts }) => ({
    verdict,
    evaluated,
    wouldAct: acts,
  }));
  return (
    <li className="border-line border-b py-2 first:pt-0 last:border-b-0 last:pb-0">
      <Link href={linkTo(policyPath(policy))} className="font-medium text-accent hover:underline">
        {policy.name}
      </Link>{" "}
      <span className="text-muted">of {policy.targetRef}</span>{" "}
      {policy.evaluated === 0 ? (
        <span className="inline-flex items-center gap-1 text-degraded">
          <CircleHelp size={13} aria-hidden /> no evidence: nothing has passed this policy in the window
        </span>
      ) : (
        <span>{policySentence(becomesEnforced, verdicts, requestsOf(policy))}</span>
      )}
      {policy.evaluated > 0 && policy.evaluated < fewestRequests && (
        <span className="text-degraded">; too few to tell by</span>
      )}
    </li>
  );
}
