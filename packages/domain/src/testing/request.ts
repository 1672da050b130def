import type { RequestFacts } from "../match/request-facts.ts";

export interface Sent {
  readonly method?: string;
  /** With its query. */
  readonly target?: string;
  readonly host?: string;
  readonly port?: number;
  /** `namespace/service`. */
  readonly from?: string;
  readonly ip?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as tables write it down; what a case does not name is a plain GET from shop/web. */
export function request(sent: Sent = {}): RequestFacts {
  const {
    method = "GET",
    target = "/",
    host = "payments",
    port = 80,
    from = "shop/web",
    headers = {},
  } = sent;
  const [path = "", query = ""] = target.split("?");
  const [namespace = "", service = ""] = from.split("/");
  return {
    ...{ method, path, query, host, port, source: { namespace, service } },
    sourceAddress: sent.ip ?? "10.1.2.3",
    header: (name) => headers[name],
  };
}

/** A connection that carries no HTTP. */
export function connection(sent: Omit<Sent, "method" | "target" | "headers"> = {}): RequestFacts {
  return request({ ...sent, method: "", target: "" });
}
