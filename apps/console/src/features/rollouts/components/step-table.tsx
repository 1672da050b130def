"use client";

import type { Finding } from "@weir/domain";
import type { ForeseenStep, Step } from "@weir/rollout";
import { addedAfter, moved, removed, withPercent, withStep } from "../view-model/plan-draft.ts";
import { StepRow } from "./step-row.tsx";

interface StepTableProps {
  readonly steps: readonly Step[];
  readonly canary: string;
  onChange(steps: readonly Step[]): void;
  readonly findings: readonly Finding[];
  readonly foreseen: readonly ForeseenStep[] | undefined;
  /** Steps before this one are over; of this one only the conditions can change. */
  readonly present?: number | undefined;
}

/** The same steps as fields: whatever the timeline does can be typed here, and conditions besides. */
export function StepTable(props: StepTableProps) {
  const { steps, canary, onChange, findings, foreseen, present } = props;
  return (
    <ol aria-label="Steps" className="flex flex-col">
      {steps.map((step, at) => (
        <StepRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name, only a place
          key={at}
          {...{ step, at, steps, canary, findings }}
          foreseen={foreseen?.[at]}
          standing={present === undefined || at > present ? "ahead" : at === present ? "present" : "over"}
          onPercent={(percent) => onChange(withPercent(steps, at, percent))}
          onStep={(change) => onChange(withStep(steps, at, change))}
          onAdd={() => onChange(addedAfter(steps, at))}
          onMove={(by) => onChange(moved(steps, at, by))}
          onRemove={() => onChange(removed(steps, at))}
        />
      ))}
    </ol>
  );
}
