"use client";

import { Rocket } from "lucide-react";
import Link from "next/link";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { buttonClasses } from "../../../ui/button.tsx";
import { Panel } from "../../../ui/panel.tsx";
import { rolloutPath, useLink } from "../../frame/index.ts";

/** In the place of the weights while a rollout moves them: two who steer would undo each other. */
export function SteeringRollout({ rollout }: { rollout: ShownRollout }) {
  const linkTo = useLink();
  const { id, plan, state, look } = rollout;
  return (
    <Panel title="Weights">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <Rocket size={18} aria-hidden className="mt-0.5 shrink-0 text-accent" />
        <div className="min-w-0 grow">
          <p className="font-medium">
            Steered by rollout {id}: {plan.baseline} to {plan.canary}, step {state.step + 1} of{" "}
            {plan.steps.length}
            {state.phase === "paused" && ", paused"}
          </p>
          <p className="wrap-anywhere text-muted">
            {look ? look.reason : "Nobody has looked at it yet"}. The weights are its own until it is over; to
            set them by hand, abort it first.
          </p>
        </div>
        <Link href={linkTo(rolloutPath(id))} className={buttonClasses("primary", "normal")}>
          Open rollout {id}
        </Link>
      </div>
    </Panel>
  );
}
