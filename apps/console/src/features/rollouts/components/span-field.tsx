"use client";

import { useState } from "react";
import { fieldClasses } from "../../../ui/field-classes.ts";
import { readSpan, spanText } from "../view-model/span-text.ts";

interface SpanFieldProps {
  readonly label: string;
  readonly valueMs: number;
  onChange(ms: number): void;
  readonly disabled?: boolean;
}

/** A time typed as people write it, such as `90 s` or `1 h 30 min`; what cannot be read stays to be mended. */
export function SpanField({ label, valueMs, onChange, disabled }: SpanFieldProps) {
  const [written, setWritten] = useState<string>();
  const isUnread = written !== undefined && readSpan(written) === undefined;
  return (
    <input
      aria-label={label}
      aria-invalid={isUnread}
      title={isUnread ? "A time such as 90 s, 5 min or 1 h 30 min" : undefined}
      disabled={disabled}
      value={written ?? spanText(valueMs)}
      onChange={({ target: { value } }) => {
        setWritten(value);
        const ms = readSpan(value);
        if (ms !== undefined) onChange(ms);
      }}
      onBlur={() => isUnread || setWritten(undefined)}
      className={`w-24 font-mono ${fieldClasses}`}
    />
  );
}
