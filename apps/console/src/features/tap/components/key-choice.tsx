"use client";

import { Check } from "lucide-react";
import * as Radix from "radix-ui/toggle-group";
import { topKeys } from "../../../server/tap/top-order.ts";

type Key = (typeof topKeys)[number];

interface KeyChoiceProps {
  readonly chosen: readonly Key[];
  onChange(keys: readonly Key[]): void;
}

/** What requests are put together by: any of them, at least one. */
export function KeyChoice({ chosen, onChange }: KeyChoiceProps) {
  return (
    <Radix.Root
      type="multiple"
      aria-label="Put together by"
      value={[...chosen]}
      onValueChange={(values) => {
        const keys = topKeys.filter((key) => values.includes(key));
        if (keys.length > 0) onChange(keys);
      }}
      className="inline-flex flex-wrap gap-1"
    >
      {topKeys.map((key) => (
        <Radix.Item
          key={key}
          value={key}
          className="group inline-flex h-7 items-center gap-1 rounded-md border border-line-strong px-2 text-muted text-xs hover:text-text data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent"
        >
          <Check size={12} aria-hidden className="hidden group-data-[state=on]:block" />
          {key}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
