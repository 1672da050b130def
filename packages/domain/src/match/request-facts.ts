/** What a rule can know of a request; the sidecar fills it from the wire, the console from a stored row. */
export interface RequestFacts {
  readonly method: string;
  /** Path without the query, as sent (percent-encoding kept). */
  readonly path: string;
  /** Query without `?`; empty when there is none. */
  readonly query: string;
  /** Value of a header by lower-case name, the first where it is repeated. */
  header(name: string): string | undefined;
}
