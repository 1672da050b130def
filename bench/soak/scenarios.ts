/** What one request of the soak is, what the upstream does with it, and which ends of it are right. */
export interface Scenario {
  readonly name: string;
  /** Of a thousand requests. */
  readonly perMille: number;
  readonly host: string;
  readonly method: "GET" | "POST";
  /** The upstream acts upon its first segment. */
  readonly path: string;
  /** Bytes of the request's body; `sentBytes` where the caller goes away before the end of it. */
  readonly bodyBytes: number;
  readonly sentBytes?: number;
  /** The caller goes away when it has read that many bytes of the answer. */
  readonly readBytes?: number;
  readonly right: readonly Outcome[];
}

/** A status of a whole answer; `cut`: closed before the answer was whole; `left`: the caller went away; `stuck`: nothing for seconds. */
export type Outcome = number | "cut" | "left" | "stuck";

export const service = "backend";
/** Its only endpoint refuses connections. */
export const deadService = "dead";
/** A route's timeout for what never answers. */
export const timeoutMs = 200;
export const uploadBytes = 64 * 1024;
export const largeBytes = 1024 * 1024;

const common = { host: service, method: "GET", bodyBytes: 0 } as const;
const upload = { host: service, method: "POST", bodyBytes: uploadBytes } as const;

export const scenarios: readonly Scenario[] = [
  { ...common, name: "small", perMille: 890, path: "/small", right: [200] },
  { ...common, name: "chunked with trailers", perMille: 30, path: "/chunked", right: [200] },
  { ...upload, name: "upload", perMille: 20, path: "/upload", right: [200] },
  { ...common, name: "retried", perMille: 10, path: "/flaky", right: [200, 502, 503] },
  { ...common, name: "reset before the answer", perMille: 10, path: "/reset", right: [502, 503] },
  { ...common, name: "reset within the head", perMille: 8, path: "/half-head", right: [502, 503] },
  { ...common, name: "reset within the body", perMille: 10, path: "/half-body", right: ["cut"] },
  { ...common, name: "never answered", perMille: 2, path: "/never", right: [504] },
  { ...upload, name: "answered early", perMille: 5, path: "/early", right: [413, "cut"] },
  {
    ...common,
    name: "caller leaves while reading",
    perMille: 5,
    path: "/large",
    readBytes: 100_000,
    right: ["left"],
  },
  {
    ...upload,
    name: "caller leaves while sending",
    perMille: 5,
    path: "/upload",
    sentBytes: 30_000,
    right: ["left"],
  },
  { ...common, name: "no upstream", perMille: 5, host: deadService, path: "/small", right: [502, 503] },
];
