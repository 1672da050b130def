"use client";

import Link from "next/link";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { versionHues } from "../../canaries/index.ts";
import { rolloutPath, useLink } from "../../frame/index.ts";
import { lastWord, leftWords, rolloutSentence } from "../view-model/rollout-sentence.ts";
import { MiniStaircase } from "./mini-staircase.tsx";
import { PhaseBadge } from "./phase-badge.tsx";

/** A rollout in the list: where it stands on its steps, what it says, and who began it when. */
export function RolloutItem({ rollout }: { rollout: ShownRollout }) {
  const linkTo = useLink();
  const { id, plan, state, createdAtMs, createdBy, endedAtMs, reason } = rollout;
  const hueOf = versionHues([plan.baseline, plan.canary]);
  const [left, word] = [leftWords(rollout), lastWord(rollout)];
  return (
    <li className="relative grid gap-x-5 gap-y-2 rounded-md border border-line bg-surface p-4 hover:border-line-strong sm:grid-cols-[11rem_minmax(0,1fr)]">
      <MiniStaircase rollout={rollout} hue={hueOf(plan.canary)} />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="min-w-0 font-semibold">
            <Link href={linkTo(rolloutPath(id))} className="after:absolute after:inset-0 hover:underline">
              {plan.targetRef} <span className="font-mono">{plan.baseline}</span> to{" "}
              <span className="font-mono">{plan.canary}</span>
            </Link>{" "}
            <span className="font-normal text-muted">{plan.namespace}</span>
          </h3>
          <PhaseBadge phase={state.phase} />
          {left !== undefined && <span className="text-muted text-xs">{left}</span>}
        </div>
        <p>{rolloutSentence(rollout)}</p>
        {word !== undefined && <p className="wrap-anywhere text-muted text-xs">{word}</p>}
        <p className="wrap-anywhere text-faint text-xs">
          Rollout {id}, begun {formatMoment(createdAtMs, Date.now())} by {createdBy}
          {reason !== undefined && <> · “{reason}”</>}
          {endedAtMs !== undefined && <> · over {formatMoment(endedAtMs, Date.now())}</>}
        </p>
      </div>
    </li>
  );
}
