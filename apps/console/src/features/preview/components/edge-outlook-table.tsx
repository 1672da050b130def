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
    <Table caption="By caller">
      <thead>
        <tr>
          <SortHead column="name" text="Caller" {...order} />
          <SortHead column="service" text="Service" {...order} />
          <SortHead column="requests" text="Requests judged" numeric {...order} />
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
            <Cell className="whitespace-nowrap font-medium">{endText(edge.source)}</Cell>
            <Cell className="whitespace-nowrap">{endText(edge.destination)}</Cell>
            <Cell numeric>{formatCount(edge.requests)}</Cell>
            <Cell numeric className="whitespace-nowrap">
              {mostOf(edge.refused) > 0 &&
                `${rangeWords(edge.refused)} (${shareWords(edge.refused, edge.requests)})`}
            </Cell>
            <Cell numeric className="whitespace-nowrap">
              {rangeWords(edge.touched)} ({shareWords(edge.touched, edge.requests)})
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
          <Cell colSpan={2}>{plural(rows.length, "pair")}</Cell>
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

function wordsOf({ source, destination, effects }: EdgeOutlook): string[] {
  return [endText(source), endText(destination), ...effects.map(({ effect }) => effectWords[effect].brief)];
}
