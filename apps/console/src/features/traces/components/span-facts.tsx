import type { ReactNode } from "react";

/** Names and values, such as a span's attributes; long values wrap. */
export function FactTable({
  facts,
  label,
}: {
  facts: readonly (readonly [string, ReactNode])[];
  label: string;
}) {
  return (
    <dl aria-label={label} className="grid grid-cols-[minmax(7rem,2fr)_3fr] text-xs">
      {facts.map(([name, value]) => (
        <div
          key={name}
          className="col-span-2 grid grid-cols-subgrid gap-3 border-line border-b py-1.5 last:border-0"
        >
          <dt className="break-words text-muted">{name}</dt>
          <dd className="min-w-0 break-words font-mono">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Attributes by name, in the order of the alphabet, as text. */
export function attributeFacts(attributes: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.keys(attributes)
    .sort()
    .map((name) => [name, valueText(attributes[name])]);
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value === "" ? "(empty)" : value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
