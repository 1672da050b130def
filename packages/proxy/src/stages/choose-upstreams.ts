import type { Exchange } from "../exchange.ts";
import type { UpstreamAddress } from "../http1/upstream-pool.ts";
import type { UpstreamStreams } from "../stream/upstream-stream.ts";

/** The ways to an upstream, by the version of HTTP they speak. */
export interface Upstreams {
  readonly http1: UpstreamStreams<UpstreamAddress>;
  readonly http2: UpstreamStreams<UpstreamAddress>;
}

/**
 * The way that the destination's protocol asks for; where none is known, as the request came. gRPC goes by HTTP/2
 * even to a service that is said to speak `http`, for HTTP/1.1 cannot carry it.
 */
export function chooseUpstreams(
  { protocol, upstreamProtocol, stream }: Exchange,
  { http1, http2 }: Upstreams,
): UpstreamStreams<UpstreamAddress> {
  if (protocol === "grpc") return http2;
  if (upstreamProtocol === undefined) return stream.version === "2" ? http2 : http1;
  return upstreamProtocol === "http2" || upstreamProtocol === "grpc" ? http2 : http1;
}
