/**
 * What a rule can know of a request; the sidecar fills it from the wire, the console from a stored row. For a
 * connection that carries no HTTP, `method`, `path` and `query` are empty and there are no headers: rules that
 * ask for HTTP attributes are then judged as Istio judges them on TCP (see `authorization/`).
 */
export interface RequestFacts {
  readonly method: string;
  /** Path without the query, as sent (percent-encoding kept). */
  readonly path: string;
  /** Query without `?`; empty when there is none. */
  readonly query: string;
  /** Host asked for, lower case and without its port; empty when the request names none. */
  readonly host: string;
  /** Port asked for, or the scheme's own; 0 where none is known. */
  readonly port: number;
  /**
   * Who calls. Until sidecars hold certificates this is what they tell each other: good for steering and for
   * telling friends apart, not proof against somebody who lies.
   */
  readonly source: { readonly namespace: string; readonly service: string };
  /** IP address of the peer, without port or brackets; empty when unknown. */
  readonly sourceAddress: string;
  /** Value of a header by lower-case name, the first where it is repeated. */
  header(name: string): string | undefined;
}
