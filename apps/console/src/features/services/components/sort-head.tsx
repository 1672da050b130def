import { ArrowDown, ArrowUp } from "lucide-react";
import { HeadCell } from "../../../ui/table.tsx";
import type { SortKey } from "../view-model/sort-services.ts";

interface SortHeadProps {
  readonly column: SortKey;
  readonly text: string;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly numeric?: boolean;
  onChoose(column: SortKey): void;
}

/** Head of a column by which the table can be ordered. */
export function SortHead({ column, text, sort, descending, numeric, onChoose }: SortHeadProps) {
  const active = sort === column;
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <HeadCell
      {...(numeric ? { numeric } : {})}
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
