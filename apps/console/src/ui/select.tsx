"use client";

import { Check, ChevronDown } from "lucide-react";
import * as Radix from "radix-ui/select";
import type { ReactNode } from "react";

interface SelectProps<T extends string> {
  readonly value: T | undefined;
  onChange(value: T): void;
  readonly label: string;
  readonly placeholder?: string;
  /** Values must not be empty. */
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[];
  readonly className?: string;
  readonly "aria-invalid"?: boolean;
  readonly "aria-describedby"?: string | undefined;
}

/** One of many. */
export function Select<T extends string>({
  value,
  onChange,
  label,
  placeholder,
  options,
  className,
  ...described
}: SelectProps<T>) {
  return (
    <Radix.Root
      value={value ?? ""}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Radix.Trigger
        aria-label={label}
        {...described}
        className={`inline-flex h-8 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm hover:bg-hover aria-invalid:border-failing data-placeholder:text-faint ${className ?? ""}`}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon>
          <ChevronDown size={14} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-surface shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-8 cursor-default items-center justify-between gap-4 rounded-sm px-2 text-sm outline-none data-highlighted:bg-hover"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
