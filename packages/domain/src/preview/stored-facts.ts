import type { RequestFacts } from "../match/request-facts.ts";

/** What an access log keeps of a request. */
export interface StoredRequest {
  readonly source: RequestFacts["source"];
  /** `tcp` for a connection that carried no HTTP. */
  readonly protocol: string;
  /** `_OTHER` for one that has no name in metrics. */
  readonly method: string;
  /** Without the query; cut at {@link longestPath}. */
  readonly path: string;
  readonly host: string;
}

/** Sidecars cut longer paths in their logs. */
const longestPath = 4096;

/**
 * A stored request as the evaluator reads requests. It knows what was asked of it that no log keeps: as long as
 * nothing was, the decision is the very one that the sidecar would have come to.
 */
export class StoredFacts implements RequestFacts {
  #request: StoredRequest = nothing;
  #missing = new Set<string>();

  /** The request that is asked about from now on. */
  show(request: StoredRequest): void {
    this.#request = request;
    if (this.#missing.size > 0) this.#missing = new Set();
  }

  /** What was asked of this request in vain, such as `header x-user`; empty: everything was there. */
  get missing(): ReadonlySet<string> {
    return this.#missing;
  }

  get method(): string {
    if (this.#isConnection) return "";
    const { method } = this.#request;
    if (method === "_OTHER") this.#missing.add("method");
    return method;
  }

  get path(): string {
    if (this.#isConnection) return "";
    const { path } = this.#request;
    if (path.length >= longestPath) this.#missing.add("path");
    return path;
  }

  get query(): string {
    return this.#unknown("query", "");
  }

  get host(): string {
    return this.#request.host;
  }

  get port(): number {
    this.#missing.add("port");
    return 0;
  }

  get source(): RequestFacts["source"] {
    return this.#request.source;
  }

  get sourceAddress(): string {
    this.#missing.add("caller's address");
    return "";
  }

  header(name: string): string | undefined {
    return this.#unknown(`header ${name}`, undefined);
  }

  /** A connection has neither headers nor a query: that is known. */
  #unknown<Absent>(what: string, absent: Absent): Absent {
    if (!this.#isConnection) this.#missing.add(what);
    return absent;
  }

  get #isConnection(): boolean {
    return this.#request.protocol === "tcp";
  }
}

const nothing: StoredRequest = {
  source: { namespace: "", service: "" },
  protocol: "",
  method: "",
  path: "",
  host: "",
};
