"use client";

import { ArrowUp, SearchX } from "lucide-react";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import { OutOfDate } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { StaleBadge } from "../../../ui/stale-badge.tsx";
import { useWindow, windowWords } from "../../time/index.ts";
import { useTraceFilters } from "../hooks/use-trace-filters.ts";
import { useTraceSearch } from "../hooks/use-trace-search.ts";
import { TraceList } from "./trace-list.tsx";
import { TraceScatter } from "./trace-scatter.tsx";
import { TraceSearchForm } from "./trace-search-form.tsx";

/** Finding traces: the form, durations against time, and the list. */
export function TracesPage() {
  const search = useTraceSearch();
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="font-semibold text-lg">Traces</h1>
        {search.page && (
          <StaleBadge newestAtMs={search.head.data?.newestAtMs} nowMs={search.head.data?.nowMs ?? 0} />
        )}
      </div>
      <TraceSearchForm />
      <Found search={search} />
    </div>
  );
}

function Found({ search }: { search: ReturnType<typeof useTraceSearch> }) {
  const { head, rows, page, waiting } = search;
  const error = useLastingError(head);
  if (!page) {
    if (error !== null) return <ErrorState error={error} what="traces" retry={() => void head.refetch()} />;
    return <SkeletonRows rows={8} what="traces" />;
  }
  return (
    <>
      {error !== null && <OutOfDate error={error} what="the list" readAtMs={head.dataUpdatedAt} />}
      {rows.length > 0 && <TraceScatter traces={rows} fromMs={page.fromMs} toMs={page.untilMs} />}
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <p role="status" className="text-muted">
          {rows.length === 0 ? "" : `${plural(rows.length, "trace")} shown, newest first`}
        </p>
        {waiting > 0 && (
          <Button look="primary" size="small" onClick={search.showNew}>
            <ArrowUp size={13} aria-hidden /> Show {plural(waiting, "new trace")}
          </Button>
        )}
      </div>
      {rows.length === 0 ? <NothingFound /> : <TraceList traces={rows} nowMs={page.untilMs} />}
      {search.olderState.isError && (
        <ErrorState error={search.olderState.error} what="older traces" retry={search.loadOlder} />
      )}
      {search.hasOlder && (
        <Button className="self-center" disabled={search.olderState.isFetching} onClick={search.loadOlder}>
          {search.olderState.isFetching ? "Reading…" : "Older traces"}
        </Button>
      )}
    </>
  );
}

function NothingFound() {
  const { active, setFilters } = useTraceFilters();
  const { length } = useWindow();
  return (
    <EmptyState title={`No traces in the ${windowWords(length)}`} icon={<SearchX size={28} aria-hidden />}>
      {active ? (
        <>
          <p className="mb-3">
            Nothing matches all of what is asked for. Ask for less, or choose a longer window above.
          </p>
          <Button onClick={() => void setFilters(null)}>Clear the search</Button>
        </>
      ) : (
        <p>
          Traces appear as soon as a sidecar samples a request, or an application sends its own spans to the
          collector. The map counts every request, sampled or not.
        </p>
      )}
    </EmptyState>
  );
}
