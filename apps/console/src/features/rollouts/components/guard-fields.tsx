"use client";

import { NumberField } from "../../../ui/number-field.tsx";
import { Select } from "../../../ui/select.tsx";
import type { ChecksDraft } from "../view-model/plan-draft.ts";
import { quantileOptions } from "../view-model/quantile-options.ts";

type GuardDraft = NonNullable<ChecksDraft["guards"]>[number];

interface GuardFieldsProps {
  readonly guard: GuardDraft;
  readonly name: string;
  onChange(guard: GuardDraft): void;
}

/** An absolute limit as fields. */
export function GuardFields({ guard, name, onChange }: GuardFieldsProps) {
  if (guard.kind === "latency")
    return (
      <>
        <Select
          label={`Quantile of ${name}`}
          value={String(guard.quantile)}
          onChange={(quantile) => onChange({ ...guard, quantile: Number(quantile) })}
          options={quantileOptions(guard.quantile)}
          className="w-24"
        />
        <span className="text-muted">below</span>
        <NumberField
          label={`Limit of ${name} in milliseconds`}
          value={guard.limitMs}
          min={1}
          max={3_600_000}
          width="w-24"
          onChange={(limitMs) => limitMs !== undefined && onChange({ ...guard, limitMs })}
        />
        <span className="text-muted">ms</span>
      </>
    );
  return (
    <>
      <NumberField
        label={`Objective of ${name} in per cent`}
        value={guard.objective * 100}
        min={50}
        max={99.999}
        step={0.1}
        width="w-24"
        onChange={(percent) => percent !== undefined && onChange({ ...guard, objective: percent / 100 })}
      />
      <span className="text-muted">% succeed; back at</span>
      <NumberField
        label={`Burn rate of ${name}`}
        value={guard.burnRate}
        min={1}
        max={1_000}
        onChange={(burnRate) => burnRate !== undefined && onChange({ ...guard, burnRate })}
      />
      <span className="text-muted">
        times as many errors (
        {Number(Math.min(99, guard.burnRate * (1 - guard.objective) * 100).toPrecision(3))} %)
      </span>
    </>
  );
}
