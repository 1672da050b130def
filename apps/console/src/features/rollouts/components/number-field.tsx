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
  readonly step?: number;
  /** Shown where it is left out; without one it cannot be. */
  readonly usual?: string;
  readonly disabled?: boolean;
  readonly width?: string;
}

/** A number that is typed; while it is none, the last one stays. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, onChange, min, max, step = 1, usual, disabled, width = "w-20" } = props;
  const [written, setWritten] = useState<string>();
  return (
    <input
      type="number"
      aria-label={label}
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
