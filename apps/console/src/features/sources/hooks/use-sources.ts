"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { alone } from "../../../client/make-clients.ts";
import { problemOf } from "../../../client/problem.ts";
import { useTRPC } from "../../../client/trpc.ts";
import { useLastingError } from "../../../client/use-lasting-error.ts";
import { type LastSeen, type SourceNotice, sourceNotice, withSeen } from "../view-model/source-notice.ts";

/** Well: often enough that nobody wonders. Away: the page is to go on soon after it is back. */
const everyMs = { well: 5_000, away: 2_000 };

/**
 * Which source is away, and when it was there last. When it is back everything on the page is read again: that does not
 * depend on a notice of the server, which may have been missed.
 */
export function useSources() {
  const queries = useQueryClient();
  const probe = useQuery(
    useTRPC().mesh.sources.queryOptions(undefined, {
      trpc: alone,
      retry: false,
      staleTime: 0,
      refetchInterval: ({ state }) => (isWell(state) ? everyMs.well : everyMs.away),
    }),
  );
  const error = useLastingError(probe);
  const isAnswering = error === null || problemOf(error).code !== "CONSOLE_UNREACHABLE";
  const notice = sourceNotice(isAnswering, probe.data);
  const seen = useLastSeen(probe.data, probe.dataUpdatedAt);

  const before = useRef<SourceNotice>(undefined);
  const [returned, setReturned] = useState<SourceNotice>();
  useEffect(() => {
    if (notice === undefined && before.current) {
      setReturned(before.current);
      void queries.invalidateQueries();
    }
    before.current = notice;
  }, [notice, queries]);

  return {
    notice,
    /** The one that was away before, once all is there again. */
    returned,
    seenAtMs: notice && seen[notice.source],
    tryNow: () => void queries.invalidateQueries(),
  };
}

interface ProbeState {
  readonly status: string;
  readonly data?: { database: boolean; collector: boolean; controller: boolean } | undefined;
}

function isWell({ status, data }: ProbeState): boolean {
  return status !== "error" && (data === undefined || (data.database && data.collector && data.controller));
}

function useLastSeen(states: Parameters<typeof withSeen>[1] | undefined, atMs: number): LastSeen {
  const [seen, setSeen] = useState<{ atMs: number; of: LastSeen }>({ atMs: 0, of: {} });
  if (states && atMs > seen.atMs) setSeen({ atMs, of: withSeen(seen.of, states, atMs) });
  return seen.of;
}
