import type { ConnectionSecurity, Decision, ResponseFlag } from "@weir/domain/request-path";
import type { Direction, Party } from "../exchange.ts";

/**
 * What is told of one finished exchange. The recorder fills the same object for each, so that a request leaves no
 * garbage behind: whoever keeps one copies it.
 */
export interface RequestRecord {
  direction: Direction;
  source: Party;
  destination: Party;
  protocol: string;
  /** Of the connection to the upstream, or inbound of the caller's; undefined: not known. */
  security: ConnectionSecurity | undefined;
  /** Tries beyond the first. */
  resends: number;
  /** As the semantic conventions name it: `_OTHER` for what is no method of HTTP's. */
  method: string;
  host: string;
  path: string;
  /** `policy/rule` of the enforced rule that the request followed; empty when there was none. */
  route: string;
  /** 0: the caller saw no status. */
  status: number;
  grpcStatus: number | undefined;
  flag: ResponseFlag | "";
  /** Milliseconds since 1970, with fractions. */
  startMs: number;
  durationMs: number;
  /** Of it, from when the request was given to the upstream until its answer had ended. */
  upstreamMs: number;
  requestBytes: number;
  responseBytes: number;
  decisions: readonly Decision[];
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  sampled: boolean;
  peerAddress: string;
}

/** Nanoseconds since 1970; exact to a microsecond, which is what a double still holds. */
export function nanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
