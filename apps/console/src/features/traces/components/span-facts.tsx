import { Fragment, type ReactNode } from "react";

interface FactTableProps {
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly label: string;
  /** Values are what a machine wrote, such as attributes. */
  readonly verbatim?: boolean;
}

/** Names and values, such as a span's attributes; long ones wrap. */
export function FactTable({ facts, label, verbatim }: FactTableProps) {
  return (
    <dl aria-label={label} className="grid grid-cols-[minmax(7rem,4fr)_5fr] text-xs">
      {facts.map(([name, value]) => (
        <div
          key={name}
          className="col-span-2 grid grid-cols-subgrid gap-3 border-line border-b py-1.5 last:border-0"
        >
          <dt className="min-w-0 break-words text-muted">{breakable(name)}</dt>
          <dd className={`min-w-0 break-words ${verbatim ? "font-mono" : "tabular"}`}>{value}</dd>
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

/** Lets a dotted name wrap after its dots and underscores rather than inside a word. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=[._])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one name never move
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ));
}

function valueText(value: unknown): string {
  if (typeof value === "string") return value === "" ? "(empty)" : value;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
