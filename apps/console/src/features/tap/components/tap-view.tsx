"use client";

import { Activity, ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { TapFilter } from "../../../server/tap/tap-filter.ts";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatCount, plural } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { useTap } from "../hooks/use-tap.ts";
import { TapTable } from "./tap-table.tsx";

interface TapViewProps {
  readonly filter: TapFilter;
  readonly paused: boolean;
}

/** Requests one by one. The list stands still while it is paused or read, and says how many newer ones there are. */
export function TapView({ filter, paused }: TapViewProps) {
  const [open, setOpen] = useState<string>();
  const box = useRef<HTMLElement>(null);
  const [isScrolledAway, setScrolledAway] = useState(false);
  const isRead = open !== undefined || isScrolledAway;
  const { list, letIn, recent, isConnected, error } = useTap(filter, paused || isRead);
  const showNewer = () => {
    letIn();
    box.current?.scrollTo({ top: 0 });
  };
  const isGone = open !== undefined && !list.rows.some(({ key }) => key === open);
  useEffect(() => {
    if (isGone) setOpen(undefined); // older than the oldest that is kept
  }, [isGone]);
  if (recent.isError && list.rows.length === 0)
    return <ErrorState error={recent.error} what="the requests" retry={() => void recent.refetch()} />;
  if (recent.isPending) return <SkeletonRows rows={12} what="requests" />;
  return (
    <>
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1 text-muted text-xs">
        <p role="status">
          {error ? "Not live: trying again" : isConnected ? wordsOf(paused, isRead) : "Connecting …"}
        </p>
        {list.waited > 0 && (
          <Button onClick={showNewer} title="Show them; what is open stays open">
            <ArrowUp size={14} aria-hidden />
            {formatCount(list.waited)} newer
          </Button>
        )}
        {list.missed > 0 && <p>{plural(list.missed, "request")} more than can be shown</p>}
      </div>
      {list.rows.length === 0 ? (
        <EmptyState
          title="No such request in the last five minutes"
          icon={<Activity size={30} aria-hidden />}
        >
          One that comes is shown at once. Sidecars log requests where telemetry is on: see{" "}
          <code className="text-xs">telemetry.otlp</code> of their configuration.
        </EmptyState>
      ) : (
        <TapTable box={box} rows={list.rows} open={open} onOpen={setOpen} onScrolledAway={setScrolledAway} />
      )}
    </>
  );
}

function wordsOf(paused: boolean, isRead: boolean): string {
  if (paused) return "Paused";
  return isRead ? "Stands still while you read" : "Live; sidecars log every second or two";
}
