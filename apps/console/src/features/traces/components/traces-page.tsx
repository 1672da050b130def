"use client";

import { ArrowUp, SearchX, X } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import { OutOfDate } from "../../../ui/answer.tsx";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { plural } from "../../../ui/format/numbers.ts";
import { Segments } from "../../../ui/segments.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { StaleBadge } from "../../../ui/stale-badge.tsx";
import { useChanges } from "../../changes/index.ts";
import { useWindow, windowWords } from "../../time/index.ts";
import { useRegion } from "../hooks/use-region.ts";
import { useTraceQuery } from "../hooks/use-trace-query.ts";
import { useTraceSearch } from "../hooks/use-trace-search.ts";
import { inRegion } from "../view-model/scatter-region.ts";
import { PathSummary } from "./path-summary.tsx";
import { SearchEnd } from "./search-end.tsx";
import { TraceList } from "./trace-list.tsx";
import { TraceScatter } from "./trace-scatter.tsx";
import { TraceSearchForm } from "./trace-search-form.tsx";

/** Finding traces: the query, durations against time, and the list. */
export function TracesPage() {
  const query = useTraceQuery();
  const search = useTraceSearch(query.parsed.query);
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="font-semibold text-lg">Traces</h1>
        {search.page && (
          <StaleBadge newestAtMs={search.head.data?.newestAtMs} nowMs={search.head.data?.nowMs ?? 0} />
        )}
      </div>
      <TraceSearchForm search={query} />
      <Found search={search} clear={query.text === "" ? undefined : () => query.setText("")} />
    </div>
  );
}

/** One line a trace, or one a way through the mesh: `?as=paths`. */
const shapeParam = parseAsStringLiteral(["list", "paths"]).withDefault("list");

interface FoundProps {
  readonly search: ReturnType<typeof useTraceSearch>;
  /** Undefined where nothing in particular was asked for. */
  readonly clear: (() => void) | undefined;
}

function Found({ search, clear }: FoundProps) {
  const { head, rows, page, waiting } = search;
  const error = useLastingError(head);
  const [region, setRegion] = useRegion();
  const changes = useChanges();
  const [shape, setShape] = useQueryState("as", shapeParam);
  if (!page) {
    if (error !== null) return <ErrorState error={error} what="traces" retry={() => void head.refetch()} />;
    return <SkeletonRows rows={8} what="traces" />;
  }
  const chosen = region ? rows.filter((trace) => inRegion(trace, region)) : rows;
  return (
    <>
      {error !== null && <OutOfDate error={error} what="the list" readAtMs={head.dataUpdatedAt} />}
      {rows.length > 0 && (
        <TraceScatter
          traces={rows}
          fromMs={page.fromMs}
          toMs={page.untilMs}
          searchedBackToMs={search.searchedBackToMs}
          changes={changes.data}
          region={region}
          onRegion={(drawn) => void setRegion(drawn)}
        />
      )}
      <div className="flex min-h-8 flex-wrap items-center gap-3">
        <p role="status" className="text-muted">
          {rows.length === 0 ? "" : shownWords(chosen.length, rows.length, region !== null)}
        </p>
        {region && (
          <Button look="quiet" size="small" onClick={() => void setRegion(null)}>
            <X size={13} aria-hidden /> Show all
          </Button>
        )}
        {waiting > 0 && !search.isPinned && (
          <Button look="primary" size="small" onClick={search.showNew}>
            <ArrowUp size={13} aria-hidden /> Show {plural(waiting, "new trace")}
          </Button>
        )}
        {rows.length > 0 && (
          <Segments
            label="Show traces as"
            value={shape}
            onChange={(next) => void setShape(next)}
            options={[
              { value: "list", label: "Traces" },
              { value: "paths", label: "Paths" },
            ]}
          />
        )}
        {search.isPinned && (
          <Button look="quiet" size="small" onClick={search.showNew}>
            <ArrowUp size={13} aria-hidden /> Back to the newest
          </Button>
        )}
      </div>
      {rows.length === 0 && search.searchedBackToMs === undefined && <NothingFound clear={clear} />}
      {chosen.length > 0 && shape === "list" && <TraceList traces={chosen} nowMs={page.untilMs} />}
      {chosen.length > 0 && shape === "paths" && <PathSummary traces={chosen} />}
      <SearchEnd search={search} nowMs={page.untilMs} />
    </>
  );
}

function shownWords(shown: number, all: number, isPart: boolean): string {
  if (!isPart) return `${plural(all, "trace")} shown, newest first`;
  return `${plural(shown, "trace")} of ${all} in the chosen region, newest first`;
}

function NothingFound({ clear }: { clear: (() => void) | undefined }) {
  const { length } = useWindow();
  return (
    <EmptyState title={`No traces in the ${windowWords(length)}`} icon={<SearchX size={28} aria-hidden />}>
      {clear ? (
        <>
          <p className="mb-3">No trace matches every condition. Drop one, or choose a longer window above.</p>
          <Button onClick={clear}>Clear the search</Button>
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
