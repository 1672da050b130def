"use client";

import { servicePath } from "@weir/domain/browser";
import { Hourglass } from "lucide-react";
import Link from "next/link";
import type { ShownRollout } from "../../../server/rollouts/shown-rollout.ts";
import { formatMoment } from "../../../ui/format/times.ts";
import { BackLink } from "../../frame/back-link.tsx";
import { canaryPath, useLink } from "../../frame/index.ts";
import { lastWord, leftWords, rolloutSentence } from "../view-model/rollout-sentence.ts";
import { standstill } from "../view-model/standstill.ts";
import { stepClockWords } from "../view-model/step-clock.ts";
import { PhaseBadge } from "./phase-badge.tsx";
import { RolloutCommands } from "./rollout-commands.tsx";

interface RolloutHeaderProps {
  readonly rollout: ShownRollout;
  readonly nowMs: number;
}

/** Which rollout it is, where it stands, what it waits for, and what can be asked of it. */
export function RolloutHeader({ rollout, nowMs }: RolloutHeaderProps) {
  const linkTo = useLink();
  const { id, plan, state, look, createdAtMs, createdBy, reason, endedAtMs, policy } = rollout;
  const service = { namespace: plan.namespace, name: plan.targetRef };
  const clock = stepClockWords(rollout, nowMs);
  const still = standstill(rollout, nowMs);
  const [left, word] = [leftWords(rollout), lastWord(rollout)];
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <BackLink to="/rollouts">Rollouts</BackLink>
        <h1 className="min-w-0 font-semibold text-lg">
          <Link href={linkTo(servicePath(service))} className="hover:underline">
            {plan.targetRef}
          </Link>{" "}
          <span className="font-mono text-base">{plan.baseline}</span> to{" "}
          <span className="font-mono text-base">{plan.canary}</span>{" "}
          <span className="font-normal text-muted">{plan.namespace}</span>
        </h1>
        <PhaseBadge phase={state.phase} />
        <span className="grow text-muted text-xs">{left}</span>
        <RolloutCommands rollout={rollout} />
      </div>
      <div className="max-w-4xl">
        <p role="status" className="text-base">
          {rolloutSentence(rollout)}
        </p>
        {word !== undefined && (
          <p className="wrap-anywhere mt-0.5 text-muted">
            {!rollout.isOver && look?.action === "hold" && "It waits: "}
            {word}
          </p>
        )}
        {clock !== undefined && <p className="mt-0.5 text-muted text-xs">{clock}</p>}
        {still !== undefined && (
          <p
            role="alert"
            className="mt-2 flex w-fit items-center gap-2 rounded-md bg-degraded-soft px-3 py-1.5 text-degraded text-xs"
          >
            <Hourglass size={14} aria-hidden className="shrink-0" /> {still}
          </p>
        )}
        <p className="wrap-anywhere mt-1.5 text-faint text-xs">
          Rollout {id}, begun {formatMoment(createdAtMs, nowMs)} by {createdBy}
          {reason !== undefined && <> · “{reason}”</>}
          {endedAtMs !== undefined && <> · over {formatMoment(endedAtMs, nowMs)}</>} ·{" "}
          <Link href={linkTo(canaryPath(service))} className="hover:underline">
            {rollout.isOver ? "steered" : "steers"} canary {policy}
          </Link>
        </p>
      </div>
    </header>
  );
}
