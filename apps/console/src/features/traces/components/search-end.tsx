import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { formatMoment } from "../../../ui/format/times.ts";
import type { useTraceSearch } from "../hooks/use-trace-search.ts";

/**
 * The end of the list: whether it is the end of the window, of a page, or of what was searched before time ran out.
 * An end that only looks like one would be read as "there are no more".
 */
export function SearchEnd({ search, nowMs }: { search: ReturnType<typeof useTraceSearch>; nowMs: number }) {
  const { olderState, searchedBackToMs, hasOlder, loadOlder, rows } = search;
  if (olderState.isError)
    return <ErrorState error={olderState.error} what="older traces" retry={loadOlder} />;
  if (!hasOlder) return null;
  const cut = searchedBackToMs !== undefined;
  return (
    <div className="flex flex-col items-center gap-2 py-2">
      {cut && (
        <p role="status" className="text-center text-muted">
          Searched back to {formatMoment(searchedBackToMs, nowMs)}
          {rows.length === 0 && ": nothing so far"}. Few spans have what is asked for, so looking takes a
          while.
        </p>
      )}
      <Button disabled={olderState.isFetching} onClick={loadOlder}>
        {olderState.isFetching ? "Reading…" : cut ? "Search further back" : "Older traces"}
      </Button>
    </div>
  );
}
