import { Search } from "lucide-react";
import { Fragment, type ReactNode } from "react";

interface FactTableProps {
  readonly facts: readonly (readonly [string, ReactNode])[];
  readonly label: string;
  /** Values are what a machine wrote, such as attributes. */
  readonly verbatim?: boolean;
  /** Offers to find spans that have the same; undefined for a fact that none can be found by. */
  readonly findOf?: (name: string) => (() => void) | undefined;
}

/** Names and values, such as a span's attributes; long ones wrap. */
export function FactTable({ facts, label, verbatim, findOf }: FactTableProps) {
  return (
    <dl aria-label={label} className="grid grid-cols-[minmax(7rem,4fr)_5fr] text-xs">
      {facts.map(([name, value]) => (
        <div
          key={name}
          className="col-span-2 grid grid-cols-subgrid items-baseline gap-3 border-line border-b py-1.5 last:border-0"
        >
          <dt className="min-w-0 break-words text-muted">{breakable(name)}</dt>
          <dd className={`flex min-w-0 items-start gap-2 ${verbatim ? "font-mono" : "tabular"}`}>
            <span className="min-w-0 grow break-words">{value}</span>
            <FindButton name={name} onFind={findOf?.(name)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FindButton({ name, onFind }: { name: string; onFind: (() => void) | undefined }) {
  if (!onFind) return null;
  return (
    <button
      type="button"
      aria-label={`Find spans with the same ${name}`}
      title="Find spans with the same"
      onClick={onFind}
      className="shrink-0 rounded-sm p-0.5 text-faint hover:bg-hover hover:text-text"
    >
      <Search size={11} aria-hidden />
    </button>
  );
}

/** An attribute's value as a search writes it; undefined for what is none of one word or text. */
export function findableText(value: unknown): string | undefined {
  const isScalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return isScalar && value !== "" ? String(value) : undefined;
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
