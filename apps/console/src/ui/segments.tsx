"use client";

import * as Radix from "radix-ui/toggle-group";
import type { ReactNode } from "react";

interface SegmentsProps<T extends string> {
  readonly value: T;
  onChange(value: T): void;
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: ReactNode; readonly title?: string }[];
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ value, onChange, label, options }: SegmentsProps<T>) {
  return (
    <Radix.Root
      type="single"
      value={value}
      aria-label={label}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className="inline-flex h-8 rounded-md border border-line-strong bg-surface p-0.5"
    >
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          {...(option.title === undefined ? {} : { "aria-label": option.title, title: option.title })}
          className="inline-flex items-center gap-1 rounded-sm px-2 text-muted text-xs hover:text-text data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent"
        >
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
