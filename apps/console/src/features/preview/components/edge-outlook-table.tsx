import type { CountRange } from "@weir/domain";
import type { EdgeOutlook } from "../../../server/preview/observed-schemas.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { SortHead } from "../../../ui/sort-head.tsx";
import { Cell, HeadCell, Table } from "../../../ui/table.tsx";
import { usePreviewSort } from "../hooks/use-preview-sort.ts";
import { effectWords } from "../view-model/effect-words.ts";
import { edgeKeys, endText, isFound, sortRows, totals } from "../view-model/outlook-rows.ts";
import { mostOf, rangeWords, shareWords } from "../view-model/range-words.ts";
import { EffectList } from "./effect-list.tsx";
import { narrowCells } from "./narrow-cells.ts";
import { OutlookBar } from "./outlook-bar.tsx";

interface EdgeOutlookTableProps {
  readonly edges: readonly EdgeOutlook[];
  /** Text that rows must have. */
  readonly wanted: string;
}

/** Each caller of each service, under all policies together. */
export function EdgeOutlookTable({ edges, wanted }: EdgeOutlookTableProps) {
  const order = usePreviewSort();
  const rows = edges.filter((edge) => isFound(wordsOf(edge), wanted));
  if (rows.length === 0)
    return (
      <EmptyState title="No caller would notice">
        {wanted === "" ? "Nobody's requests would fare otherwise." : "None that fits: ask for less."}
      </EmptyState>
    );
  const all = totals({ edges: rows });
  return (
    <Table caption="By caller" className={narrowCells}>
      <thead>
        <tr>
          <SortHead column="name" text="Caller" {...order} />
          <SortHead column="service" text="Service" className="max-md:hidden" {...order} />
          <SortHead column="requests" text="Judged" numeric {...order} />
          <SortHead column="refused" text="Refused" numeric {...order} />
          <SortHead column="changed" text="Changed in some way" numeric {...order} />
          <HeadCell className="min-w-32">
            <span className="sr-only">As a bar</span>
          </HeadCell>
          <HeadCell>In words</HeadCell>
        </tr>
      </thead>
      <tbody>
        {sortRows(rows, edgeKeys[order.sort], order.descending).map((edge) => (
          <tr key={`${endText(edge.source)}~${endText(edge.destination)}`} className="hover:bg-hover">
            <Cell className="font-medium md:whitespace-nowrap">
              <span className="[overflow-wrap:anywhere]">{endText(edge.source)}</span>
              <span className="block font-normal text-faint text-xs [overflow-wrap:anywhere] md:hidden">
                to {endText(edge.destination)}
              </span>
            </Cell>
            <Cell className="whitespace-nowrap max-md:hidden">{endText(edge.destination)}</Cell>
            <Cell numeric>{formatCount(edge.requests)}</Cell>
            <Cell numeric>
              {mostOf(edge.refused) > 0 && <Part range={edge.refused} all={edge.requests} />}
            </Cell>
            <Cell numeric>
              <Part range={edge.touched} all={edge.requests} />
            </Cell>
            <Cell>
              <OutlookBar effects={edge.effects} all={edge.requests} />
            </Cell>
            <Cell>
              <EffectList effects={edge.effects} label={`From ${endText(edge.source)}`} />
            </Cell>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium">
          <Cell>{plural(rows.length, "pair")}</Cell>
          <Cell className="max-md:hidden" />
          <Cell numeric>{formatCount(all.requests)}</Cell>
          <Cell numeric className="whitespace-nowrap">
            {rangeWords(all.refused)}
          </Cell>
          <Cell numeric className="whitespace-nowrap">
            {rangeWords(all.touched)}
          </Cell>
          <Cell colSpan={2} />
        </tr>
      </tfoot>
    </Table>
  );
}

/** On a phone the share stands below. */
function Part({ range, all }: { range: CountRange; all: number }) {
  return (
    <>
      <span className="whitespace-nowrap">{rangeWords(range)}</span>{" "}
      <span className="whitespace-nowrap max-md:block">({shareWords(range, all)})</span>
    </>
  );
}

function wordsOf({ source, destination, effects }: EdgeOutlook): string[] {
  return [endText(source), endText(destination), ...effects.map(({ effect }) => effectWords[effect].brief)];
}
