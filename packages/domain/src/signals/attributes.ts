/**
 * Names that a sidecar writes and the collector reads. OpenTelemetry's semantic conventions where they have a
 * name; `weir.` for what is a mesh's own.
 */
export const metricNames = {
  /** Exponential histogram, delta, unit `s`; reported by the caller's sidecar. */
  clientDuration: "http.client.request.duration",
  /** The same, reported by the destination's sidecar. */
  serverDuration: "http.server.request.duration",
  /** Sum, delta, unit `By`. */
  requestBytes: "weir.request.bytes",
  responseBytes: "weir.response.bytes",
  /** Exponential histogram, delta, unit `s`: time of a request that the sidecar, not the upstream, took. */
  overhead: "weir.proxy.overhead",
  /** Of the sidecar's own process: sum, cumulative, unit `s`. */
  cpuTime: "process.cpu.time",
  /** Its resident memory: sum that goes up and down, unit `By`. */
  memory: "process.memory.usage",
  /** Sum, delta, unit `{decision}`; see `decisionAttributes`. */
  decisions: "weir.policy.decisions",
} as const;

/** Attributes of every request metric, and of access logs and spans where they apply. */
export const meshAttributes = {
  reporter: "weir.reporter",
  sourceNamespace: "weir.source.namespace",
  sourceService: "weir.source.service",
  sourceVersion: "weir.source.version",
  destinationNamespace: "weir.destination.namespace",
  destinationService: "weir.destination.service",
  destinationVersion: "weir.destination.version",
  /** `policy/rule` of the enforced route rule that the request followed; absent where there is none. */
  route: "weir.route",
  grpcStatus: "rpc.grpc.status_code",
  responseFlag: "weir.response.flag",
  /** One of {@link connectionSecurities}; absent where that is not known. As Istio's metrics name it. */
  security: "connection_security_policy",
  /** How often it was tried again after its first try; absent: not at all. */
  resends: "http.request.resend_count",
  protocol: "network.protocol.name",
  method: "http.request.method",
  status: "http.response.status_code",
  path: "url.path",
  /** The host asked for, without its port. */
  host: "server.address",
  requestBytes: "http.request.body.size",
  responseBytes: "http.response.body.size",
  durationNs: "weir.duration_ns",
  upstreamNs: "weir.upstream_ns",
  /** Access log only: the request's decisions, a list of objects with the fields of `Decision`. */
  decisions: "weir.decisions",
  /** Spans only: set by the collector where a span stands for several, by its sender's or by its own sampling. */
  sampled: "weir.sampled",
} as const;

/** How the connection that a request came by was secured: `tls` without a certificate of the caller's. */
export const connectionSecurities = ["mutual_tls", "tls", "none"] as const;
export type ConnectionSecurity = (typeof connectionSecurities)[number];

/** Attributes of `weir.policy.decisions`. */
export const decisionAttributes = {
  policy: "weir.policy.name",
  namespace: "weir.policy.namespace",
  kind: "weir.policy.kind",
  revision: "weir.policy.revision",
  mode: "weir.policy.mode",
  verdict: "weir.policy.verdict",
  wouldAct: "weir.policy.would_act",
  acted: "weir.policy.acted",
} as const;

/** `event.name` of an access-log record. */
export const accessLogEvent = "weir.access";

/** Name of a caller that has no sidecar: nothing is known of it but its requests. */
export const outsideMesh = { namespace: "", service: "outside", version: "" } as const;

/** Destination of a request to a host the mesh does not know: the sidecar passes it on to where it was going. */
export const passthrough = { namespace: "", service: "passthrough", version: "" } as const;

/** Headers by which sidecars tell each other who is calling; removed before the application sees the request. */
export const identityHeaders = {
  sourceNamespace: "x-weir-source-namespace",
  sourceService: "x-weir-source-service",
  sourceVersion: "x-weir-source-version",
} as const;

/** Envoy's response flags that this release can raise, and `RBAC`, Weir's own: refused by an authorization policy. */
export const responseFlags = [
  "NR",
  "UH",
  "UF",
  "UC",
  "UT",
  "UO",
  "URX",
  "RL",
  "DC",
  "DI",
  "FI",
  "DPE",
  "UPE",
  "RBAC",
] as const;
export type ResponseFlag = (typeof responseFlags)[number];
