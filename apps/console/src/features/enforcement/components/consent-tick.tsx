"use client";

import type { ReactNode } from "react";

interface ConsentTickProps {
  /** What is agreed to, by its name. */
  readonly name: string;
  readonly agreed: readonly string[];
  onChange(agreed: string[]): void;
  readonly children: ReactNode;
}

export function ConsentTick({ name, agreed, onChange, children }: ConsentTickProps) {
  return (
    <label className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:bg-hover has-checked:border-failing has-checked:bg-failing-soft">
      <input
        type="checkbox"
        className="mt-1 accent-failing"
        checked={agreed.includes(name)}
        onChange={({ target }) =>
          onChange(target.checked ? [...agreed, name] : agreed.filter((other) => other !== name))
        }
      />
      <span>{children}</span>
    </label>
  );
}
