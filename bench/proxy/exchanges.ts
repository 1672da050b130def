/** One kind of request and its answer, the same for every peer. */
export interface Exchange {
  readonly protocol: Protocol;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Bytes of the request's body. */
  readonly bodyBytes: number;
  /** Bytes of the answer's body. */
  readonly answerBytes: number;
}

export type Protocol = "http1" | "http2" | "grpc";

/** Where a caller sends requests: a port of loopback, and what it names as host. */
export interface Target {
  readonly port: number;
  readonly host: string;
}

/** With its head the small answer is 218 bytes. */
export const smallAnswerBytes = 147;

/** The upstream tells the answers apart by the first letter of the path. */
export const exchanges = {
  small: get("http1", "/small/items/42?full=1", smallAnswerBytes),
  medium: get("http1", "/medium/items/42", 16 * 1024),
  large: get("http1", "/large/items/42", 1024 * 1024),
  upload: { ...get("http1", "/upload/items", smallAnswerBytes), method: "POST", bodyBytes: 1024 * 1024 },
  http2: get("http2", "/small/items/42?full=1", smallAnswerBytes),
  // A message of 100 bytes with the five of its prefix, both ways.
  grpc: { ...get("grpc", "/bench.Items/Get", 105), method: "POST", bodyBytes: 105 },
} as const satisfies Record<string, Exchange>;

function get(protocol: Protocol, path: string, answerBytes: number) {
  return { protocol, method: "GET", path, bodyBytes: 0, answerBytes } as const;
}
