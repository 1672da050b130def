"use client";

import { useId } from "react";
import { classes } from "../../../ui/classes.ts";
import { NumberField } from "../../../ui/number-field.tsx";
import {
  type BudgetField,
  type BudgetInput,
  budgetFields,
  meantBy,
  problemOfField,
  shownOf,
} from "../view-model/guard-budget-input.ts";

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

function Field({ field, value, onChange }: FieldProps) {
  const { label, unit, help, min, max, step } = field;
  const id = useId();
  const problem = problemOfField(field, value);
  return (
    <div>
      <span className="block font-medium text-muted text-xs">{label}</span>
      <span className="mt-1 flex items-center gap-2">
        <NumberField
          label={label}
          value={shownOf(field, value)}
          onChange={(shown) => shown !== undefined && onChange(meantBy(field, shown))}
          {...{ min, max, step }}
          width="w-24"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-help`}
        />
        <span className="text-muted">{unit}</span>
      </span>
      <p id={`${id}-help`} className={classes("mt-1 text-xs", problem ? "text-failing" : "text-faint")}>
        {problem ?? help}
      </p>
    </div>
  );
}
