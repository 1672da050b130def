"use client";

import type { CaughtBy, RolloutPlan } from "@weir/rollout";
import { parseAsInteger, parseAsString, useQueryState } from "nuqs";
import type { AnsweredReplay } from "../../../server/rollouts/replay.ts";
import { classes } from "../../../ui/classes.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount } from "../../../ui/format/numbers.ts";
import { Panel } from "../../../ui/panel.tsx";
import { Select } from "../../../ui/select.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Stat } from "../../../ui/stat.tsx";
import { useWindow, useWindowWords } from "../../time/index.ts";
import { usePlanReplay } from "../hooks/use-plan-replay.ts";
import { degradationOf, errorStops, latencyStops } from "../view-model/replay-stops.ts";
import { shortStep } from "../view-model/step-words.ts";
import { DegradationSlider } from "./degradation-slider.tsx";
import { ReplayChart } from "./replay-chart.tsx";

interface PlanReplayProps {
  /** As the server read it; undefined while it is not well formed. */
  readonly plan: RolloutPlan | undefined;
  /** The canary's colour. */
  readonly hue: string;
}

/** What a plan would have done about a canary so bad, on the requests of the page's window. */
export function PlanReplay({ plan, hue }: PlanReplayProps) {
  const { length } = useWindow();
  const words = useWindowWords(length);
  const [errors, setErrors] = useQueryState("errors", parseAsString.withDefault("+2%"));
  const [latency, setLatency] = useQueryState("latency", parseAsString.withDefault("x1"));
  const [from, setFrom] = useQueryState("from", parseAsInteger.withDefault(1));
  const fromStep = Math.max(0, Math.min(from - 1, (plan?.steps.length ?? 1) - 1));
  const replay = usePlanReplay(
    plan && { plan, degradation: degradationOf(errors, latency, fromStep), window: length },
  );
  const { last, progress, current, error, isWaiting } = replay;
  return (
    <Panel
      title="What if the canary were bad?"
      aside={<span className="text-muted text-xs">on the requests of the {words}</span>}
    >
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
        <div className="flex flex-col gap-3">
          <DegradationSlider stops={errorStops} value={errors} onChange={(next) => void setErrors(next)} />
          <DegradationSlider
            stops={latencyStops}
            value={latency}
            onChange={(next) => void setLatency(next)}
          />
          {plan && plan.steps.length > 1 && (
            <div className="flex items-center gap-2">
              <span>From</span>
              <Select
                label="The step that it begins with"
                className="grow"
                value={String(fromStep + 1)}
                onChange={(next) => void setFrom(Number(next))}
                options={plan.steps.map((step, index) => ({
                  value: String(index + 1),
                  label: index === 0 ? "the start" : `step ${index + 1}, ${shortStep(step)}`,
                }))}
              />
            </div>
          )}
        </div>
        <div className="min-w-0" aria-busy={!current}>
          {isWaiting && (
            <p role="status" className="mb-3 rounded-md bg-degraded-soft px-2 py-1.5 text-degraded text-xs">
              Others have plans replayed, as many as this console has room for. This one follows by itself.
            </p>
          )}
          {error ? (
            <ErrorState error={error} what="the replay" retry={replay.retry} />
          ) : !plan && !last ? (
            <p className="text-muted">As soon as the plan is well formed it is tried here.</p>
          ) : !last ? (
            <SkeletonRows rows={6} what="the replay" />
          ) : last.answer ? (
            <Answered answer={last.answer} plan={plan} hue={hue} isOld={!current} />
          ) : (
            <EmptyState title="No request came">
              Nobody called {plan?.targetRef} in this window, so there is nothing to try the plan on. A longer
              window may have some.
            </EmptyState>
          )}
          {!current && progress !== undefined && progress.runs > 0 && !progress.finished && (
            <progress
              aria-label="Runs replayed"
              max={progress.runs}
              value={progress.done}
              className="mt-2 h-1.5 w-full accent-accent"
            />
          )}
        </div>
      </div>
    </Panel>
  );
}

interface AnsweredProps {
  readonly answer: AnsweredReplay;
  readonly plan: RolloutPlan | undefined;
  readonly hue: string;
  /** Another question was asked since. */
  readonly isOld: boolean;
}

function Answered({ answer, plan, hue, isOld }: AnsweredProps) {
  const { sentence, notes, caught, runs, reached, suffered, straight } = answer;
  return (
    <div className={classes("flex flex-col gap-3", isOld && "grayscale")}>
      <p role="status" className="text-base">
        {sentence}
      </p>
      {plan && <ReplayChart steps={plan.steps} replay={answer} hue={hue} />}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-3 xl:grid-cols-5">
        <Stat label="Runs caught" value={`${caught.length} of ${runs}`} />
        <Stat label="By" value={byWords(caught)} />
        <Stat label="Reached the canary" value={formatCount(reached.median)} />
        <Stat label="Suffered" value={formatCount(suffered.median)} />
        <Stat label="Had all gone at once" value={formatCount(straight.suffered)} />
      </dl>
      {notes.length > 0 && (
        <ul aria-label="What this leaves open" className="flex flex-col gap-0.5 text-muted text-xs">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const checkNames: Readonly<Record<CaughtBy, string>> = {
  successRate: "success rate",
  latency: "latency",
  errorBudget: "error budget",
  latencyLimit: "latency limit",
  sampleRatio: "split of requests",
  tooLong: "its time",
};

/** What caught most, first. */
function byWords(caught: AnsweredReplay["caught"]): string {
  const by = [...Map.groupBy(caught, (one) => one.by)].sort(([, a], [, b]) => b.length - a.length);
  return by.map(([check]) => checkNames[check]).join(", ") || "–";
}
