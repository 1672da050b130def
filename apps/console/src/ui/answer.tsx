"use client";

import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";
import { problemOf } from "../client/problem.ts";
import { useLastingError } from "../client/use-lasting-error.ts";
import { ErrorState } from "./error-state.tsx";
import { formatMoment } from "./format/times.ts";
import { SkeletonRows } from "./skeleton.tsx";

interface AnswerProps<T> {
  readonly query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly isSuccess: boolean;
    readonly dataUpdatedAt: number;
    refetch(): unknown;
  };
  /** What is read, such as "the trace". */
  readonly what: string;
  /** Lines that stand for it while it is read. */
  readonly rows?: number;
  children(data: T): ReactNode;
}

/**
 * The answer of a query in each of its states: being read, refused, there, and there but out of date because it cannot
 * be read again.
 */
export function Answer<T>({ query, what, rows = 6, children }: AnswerProps<T>) {
  const error = useLastingError(query);
  const { data } = query;
  if (data !== undefined)
    return (
      <>
        {error !== null && <OutOfDate error={error} what={what} readAtMs={query.dataUpdatedAt} />}
        {children(data)}
      </>
    );
  if (error === null) return <SkeletonRows rows={rows} what={what} />;
  return <ErrorState error={error} what={what} retry={() => void query.refetch()} />;
}

interface OutOfDateProps {
  readonly error: unknown;
  readonly what: string;
  /** When what is shown was read. */
  readonly readAtMs: number;
}

/** Says that what stands below could not be read again, and since when it is as it is. */
export function OutOfDate({ error, what, readAtMs }: OutOfDateProps) {
  return (
    <p
      role="alert"
      className="m-2 flex items-center gap-2 rounded-md bg-degraded-soft px-3 py-1.5 text-degraded text-xs"
    >
      <CloudOff size={14} aria-hidden className="shrink-0" />
      What is shown is as of {formatMoment(readAtMs, Date.now())}: {what} cannot be read now (
      {problemOf(error).message}).
    </p>
  );
}
