"use client";

import * as Radix from "radix-ui/tabs";
import type { ReactNode } from "react";

interface TabsProps<T extends string> {
  readonly value: T;
  onChange(value: T): void;
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly label: ReactNode; readonly content: ReactNode }[];
}

/** Views of which one shows at a time. */
export function Tabs<T extends string>({ value, onChange, label, tabs }: TabsProps<T>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => onChange(tabs.find((t) => t.value === next)?.value ?? value)}
    >
      <Radix.List aria-label={label} className="flex gap-1 border-line border-b">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px border-transparent border-b-2 px-3 py-1.5 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-text"
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-3">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
