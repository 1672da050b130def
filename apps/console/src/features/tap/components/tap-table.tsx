"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useMemo } from "react";
import type { TappedRequest } from "../../../server/tap/tapped-request.ts";
import { GapRow } from "../../../ui/gap-row.tsx";
import { HeadCell } from "../../../ui/table.tsx";
import { tapItems } from "../view-model/tap-items.ts";
import { TapDetail } from "./tap-detail.tsx";
import { TapRow } from "./tap-row.tsx";

const rowHeight = 36;
const headHeight = 32;

interface TapTableProps {
  /** What scrolls. */
  readonly box: RefObject<HTMLElement | null>;
  readonly rows: readonly TappedRequest[];
  /** Key of the request whose detail is shown. */
  readonly open: string | undefined;
  onOpen(key: string | undefined): void;
  /** Told when the newest rows leave the sight, and when they come back. */
  onScrolledAway(isAway: boolean): void;
}

/** Requests, newest first; one opens to its detail. Thousands flow, since only those in sight are in the page. */
export function TapTable({ box, rows, open, onOpen, onScrolledAway }: TapTableProps) {
  const items = useMemo(() => tapItems(rows, open), [rows, open]);
  const keyOf = useCallback((index: number) => items[index]?.key ?? index, [items]);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
    scrollMargin: headHeight,
  });
  const inSight = virtual.getVirtualItems();
  const above = (inSight[0]?.start ?? headHeight) - headHeight;
  const below = virtual.getTotalSize() - above - inSight.reduce((sum, { size }) => sum + size, 0);
  return (
    <section
      ref={box}
      aria-label="Requests, newest first"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard (WCAG 2.1.1)
      tabIndex={0}
      onScroll={({ currentTarget }) => onScrolledAway(currentTarget.scrollTop > rowHeight)}
      className="relative max-h-[max(20rem,calc(100dvh-17rem))] w-full overflow-auto"
    >
      {/* Rows come and go with every scroll: columns must not be as wide as what they happen to hold. */}
      <table className="w-full min-w-4xl table-fixed border-collapse text-sm" aria-rowcount={rows.length + 1}>
        <caption className="sr-only">Requests, newest first</caption>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr aria-rowindex={1}>
            <HeadCell className="w-34">Time</HeadCell>
            <HeadCell className="w-36">From</HeadCell>
            <HeadCell className="w-44">To</HeadCell>
            <HeadCell>Request</HeadCell>
            <HeadCell className="w-30">Status</HeadCell>
            <HeadCell className="w-24" numeric>
              Took
            </HeadCell>
            <HeadCell className="w-32">Decisions</HeadCell>
          </tr>
        </thead>
        <tbody>
          <GapRow height={above} columns={7} />
          {inSight.map(({ index, key }) => {
            const item = items[index];
            if (!item) return null;
            return item.isDetail ? (
              <tr key={key} data-index={index} ref={virtual.measureElement}>
                <td colSpan={7} className="border-line border-b p-0">
                  <TapDetail request={item.request} />
                </td>
              </tr>
            ) : (
              <TapRow
                key={key}
                ref={virtual.measureElement}
                index={index}
                request={item.request}
                isOpen={item.key === open}
                onOpen={onOpen}
              />
            );
          })}
          <GapRow height={below} columns={7} />
        </tbody>
      </table>
    </section>
  );
}
