"use client";

import { useState } from "react";
import { fieldClasses } from "./field-classes.ts";

interface NumberFieldProps {
  readonly label: string;
  /** Undefined: left out, so that the usual value holds. */
  readonly value: number | undefined;
  /** Undefined where it was emptied and may be. */
  onChange(value: number | undefined): void;
  readonly min?: number;
  readonly max?: number;
  /** `any`: it is no whole number of anything. */
  readonly step?: number | "any";
  /** Shown where it is left out; without one it cannot be. */
  readonly usual?: string;
  readonly disabled?: boolean;
  readonly width?: string;
  readonly "aria-invalid"?: boolean;
  readonly "aria-describedby"?: string | undefined;
}

/** A number that is typed; while it is none, the last one stays. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min, max, step = 1, usual, disabled, width = "w-20" } = props;
  const { "aria-invalid": invalid, "aria-describedby": describedBy } = props;
  const [written, setWritten] = useState<string>();
  return (
    <input
      type="number"
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      {...{ min, max, step, disabled }}
      placeholder={usual}
      value={written ?? (value === undefined ? "" : String(Number(value.toPrecision(12))))}
      onChange={({ target: { value: text, valueAsNumber } }) => {
        setWritten(text);
        if (Number.isFinite(valueAsNumber)) onChange(valueAsNumber);
        else if (text === "" && usual !== undefined) onChange(undefined);
      }}
      onBlur={() => setWritten(undefined)}
      className={`text-right font-mono ${width} ${fieldClasses}`}
    />
  );
}
