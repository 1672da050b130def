import { ArrowDown, ArrowUp } from "lucide-react";
import { HeadCell } from "./table.tsx";

interface SortHeadProps<Column extends string> {
  readonly column: Column;
  readonly text: string;
  /** The column that the table is sorted by. */
  readonly sort: string;
  readonly descending: boolean;
  readonly numeric?: boolean;
  readonly className?: string;
  onChoose(column: Column): void;
}

/** Head of a column by which a table can be sorted. */
export function SortHead<Column extends string>({
  column,
  text,
  sort,
  descending,
  numeric = false,
  className,
  onChoose,
}: SortHeadProps<Column>) {
  const active = sort === column;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <HeadCell
      numeric={numeric}
      className={className}
      aria-sort={active ? (descending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        onClick={() => onChoose(column)}
        className="inline-flex h-8 items-center gap-1 hover:text-text"
      >
        {text}
        {active && <Arrow size={12} aria-hidden />}
      </button>
    </HeadCell>
  );
}
