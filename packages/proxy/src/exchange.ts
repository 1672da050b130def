import type { Protocol, Workload } from "@weir/domain";
import {
  type BreakerRule,
  type Decision,
  hostWithoutPort,
  type Overflow,
  outsideMesh,
  portOf,
  type RequestAction,
  type RequestFacts,
  type ResponseFlag,
  type WatchedRule,
} from "@weir/domain/request-path";
import type { Upstream } from "./balance/upstream.ts";
import type { Filter } from "./filters/filter.ts";
import { isGrpc } from "./grpc/is-grpc.ts";
import type { Fields } from "./http1/fields.ts";
import type { ServiceView } from "./mesh/service-view.ts";
import type { BufferedStream } from "./stream/buffered-stream.ts";
import type { CallerStream } from "./stream/caller-stream.ts";
import type { TraceContext } from "./trace/trace-context.ts";

export type Direction = "outbound" | "inbound";

/** Who sends or receives: empty texts where nothing is known. */
export interface Party {
  readonly namespace: string;
  readonly service: string;
  readonly version: string;
}

export function partyOf({ namespace, service, version }: Workload): Party {
  return { namespace, service, version };
}

const nothing: readonly never[] = Object.freeze([]);

/** One request on its way through the stages, and what they have found out about it. */
export class Exchange implements RequestFacts {
  /** The request as it came, and the way back to whoever sent it. */
  readonly caller: CallerStream;
  /** The caller's stream as stages further in see it: a policy may stand between. */
  stream: CallerStream;
  /** The caller's stream with a body that can be had again, where a policy needs that. */
  buffered: BufferedStream | undefined;
  readonly direction: Direction;
  /** On the monotonic clock. */
  readonly startMs: number;
  readonly method: string;
  protocol: "http" | "grpc" | "tcp" = "http";
  /** What the destination speaks; undefined where that is not known. */
  upstreamProtocol: Protocol | undefined;
  /** When the caller of a gRPC call stops waiting, on the monotonic clock. */
  deadlineMs = Number.POSITIVE_INFINITY;
  /** Target in origin form, as it is sent on. */
  target: string;
  path = "";
  query = "";
  /** Host, or Host with port, that the request is for; empty when it names none. */
  authority = "";
  source: Party = outsideMesh;
  destination: Party = outsideMesh;
  service: ServiceView | undefined;
  /** The version the decisions ask for, and whether an enforced one does. */
  version: string | undefined;
  enforced = false;
  decisions: readonly Decision[] = nothing;
  /** What enforced policies change; undefined: nothing but, perhaps, the version. */
  action: RequestAction | undefined;
  /** Rules to be judged when the answer is known. */
  watch: readonly WatchedRule[] = nothing;
  /** `policy/rule` of the enforced rule that was followed. */
  route = "";
  filters: readonly Filter[] = [];
  upstream: Upstream | undefined;
  /** How often an upstream was tried for it; 0 when none was. */
  attempts = 0;
  /** Upstreams that failed it. */
  tried: readonly Upstream[] | undefined;
  /** Circuit breakers that were full for it, and of what. */
  overflows: Map<BreakerRule, Overflow> | undefined;
  /** Outlier detection keeps, or would keep, it from the endpoint that plain balancing picked. */
  avoids: boolean | undefined;
  /** The load balancing policy picks another endpoint than plain balancing does. */
  differs: boolean | undefined;
  trace: TraceContext | undefined;
  /** Status that the caller saw; 0 when it saw none. */
  status = 0;
  flag: ResponseFlag | "" = "";
  /** Status of a gRPC call, from its trailers or head. */
  grpcStatus: number | undefined;
  /** When all of a request was here that a rule watches; 0 before. */
  completeMs = 0;
  /** When the request was sent to the upstream, and when the first byte of its answer and the last were here. */
  sentMs = 0;
  answeredMs = 0;
  upstreamEndMs = 0;
  tunnelSentBytes = 0;
  tunnelReceivedBytes = 0;

  constructor(stream: CallerStream, direction: Direction, startMs: number) {
    this.caller = stream;
    this.stream = stream;
    this.direction = direction;
    this.startMs = startMs;
    this.method = stream.head.method;
    this.target = stream.head.target;
    if (stream.version === "2" && isGrpc(stream.head.fields)) this.protocol = "grpc";
  }

  get fields(): Fields {
    return this.caller.head.fields;
  }

  get host(): string {
    return hostWithoutPort(this.authority);
  }

  get port(): number {
    return portOf(this.authority) ?? 80;
  }

  get sourceAddress(): string {
    return this.caller.peerAddress;
  }

  header(name: string): string | undefined {
    return this.fields.get(name);
  }
}
