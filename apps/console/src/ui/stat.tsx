import type { ReactNode } from "react";

interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** A class for the value's colour where it carries a status; say the status in words elsewhere too. */
  readonly tone?: string;
}

/** One number and what it is. Stands in a `dl`. */
export function Stat({ label, value, tone }: StatProps) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className={`truncate font-mono text-[0.9375rem] ${tone ?? ""}`}>{value}</dd>
    </div>
  );
}
