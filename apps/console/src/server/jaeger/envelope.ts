/** What Jaeger's query service wraps every answer in; `total` is told for lists of names only. */
export interface Envelope {
  readonly data: unknown;
  readonly total: number;
  readonly limit: 0;
  readonly offset: 0;
  readonly errors: readonly JaegerError[] | null;
}

export interface JaegerError {
  /** As HTTP's; absent for one that concerns a part of the answer. */
  readonly code?: number;
  readonly msg: string;
  readonly traceID?: string;
}

export function envelope(
  data: unknown,
  { total = 0, errors = [] }: { total?: number; errors?: readonly JaegerError[] } = {},
): Envelope {
  return { data, total, limit: 0, offset: 0, errors: errors.length === 0 ? null : errors };
}
