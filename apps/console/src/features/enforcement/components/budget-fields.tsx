"use client";

import { useId } from "react";
import { type BudgetField, type BudgetInput, budgetFields } from "../view-model/guard-budget-input.ts";

interface BudgetFieldsProps {
  readonly budget: BudgetInput;
  onChange(budget: BudgetInput): void;
}

/** How far reality may be from what was predicted, with safe values to begin with. */
export function BudgetFields({ budget, onChange }: BudgetFieldsProps) {
  return (
    <div className="mt-4 grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
      {budgetFields.map((field) => (
        <Field
          key={field.key}
          field={field}
          value={budget[field.key]}
          onChange={(value) => onChange({ ...budget, [field.key]: value })}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: BudgetField;
  readonly value: number;
  onChange(value: number): void;
}

function Field({ field: { label, unit, shownTimes, help, min, max, step }, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="block font-medium text-muted text-xs">
        {label}
      </label>
      <span className="mt-1 flex items-center gap-2">
        <input
          id={id}
          type="number"
          {...{ min, max, step }}
          value={Number((value * shownTimes).toPrecision(6))}
          aria-describedby={`${id}-help`}
          onChange={({ target: { valueAsNumber: shown } }) => {
            if (Number.isFinite(shown))
              onChange(Number((Math.min(max, Math.max(min, shown)) / shownTimes).toPrecision(12)));
          }}
          className="h-8 w-24 rounded-md border border-line-strong bg-surface px-2 text-right font-mono"
        />
        <span className="text-muted">{unit}</span>
      </span>
      <p id={`${id}-help`} className="mt-1 text-faint text-xs">
        {help}
      </p>
    </div>
  );
}
