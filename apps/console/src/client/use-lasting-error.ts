"use client";

import { useState } from "react";

interface Failing {
  readonly error: unknown;
  readonly isSuccess: boolean;
}

/**
 * The error of a query that is asked again by itself, for as long as nothing has succeeded since. The query forgets it
 * whenever it tries again, and the page would flicker between the error and its skeleton.
 */
export function useLastingError({ error, isSuccess }: Failing): unknown {
  const [last, setLast] = useState<unknown>(null);
  const now = error ?? (isSuccess ? null : last);
  if (now !== last) setLast(now);
  return now;
}
