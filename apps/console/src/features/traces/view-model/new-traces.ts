interface Identified {
  readonly traceId: string;
}

/**
 * How many of the traces just read are not in the list on the page. The list itself stays until its reader asks for
 * them, so that nothing moves under the pointer.
 */
export function newTraces(shown: readonly Identified[], fetched: readonly Identified[]): number {
  const known = new Set(shown.map((trace) => trace.traceId));
  return fetched.filter((trace) => !known.has(trace.traceId)).length;
}

/**
 * The traces on the page as they were last read: in the same order and number, but with spans that came late.
 * What was read anew but is not on the page stays away.
 */
export function refreshed<T extends Identified>(shown: readonly T[], fetched: readonly T[]): readonly T[] {
  const newer = new Map(fetched.map((trace) => [trace.traceId, trace]));
  return shown.map((trace) => newer.get(trace.traceId) ?? trace);
}
