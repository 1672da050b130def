"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";
import { rolloutPath, useLink } from "../../frame/index.ts";
import { useRunningRollout } from "../hooks/use-running-rollout.ts";

/** The rollout that moves the service's requests now, if there is one. */
export function ServiceRollout({ namespace, name }: { namespace: string; name: string }) {
  const linkTo = useLink();
  const running = useRunningRollout({ namespace, name });
  if (!running) return null;
  const { id, plan, state, look } = running;
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-md border border-line bg-surface px-4 py-2.5">
      <Rocket size={15} aria-hidden className="shrink-0 text-accent" />
      <Link href={linkTo(rolloutPath(id))} className="font-medium text-accent hover:underline">
        Rollout {id}: {plan.baseline} to {plan.canary}
      </Link>
      <span>
        {state.phase === "paused" ? "paused in step" : "step"} {state.step + 1} of {plan.steps.length}
      </span>
      {look && <span className="wrap-anywhere text-muted text-xs">{look.reason}</span>}
    </p>
  );
}
