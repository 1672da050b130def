import { type Direction, Exchange } from "./exchange.ts";
import { removeNamedInConnection } from "./http1/hop-by-hop.ts";
import type { ServerSettings } from "./http1/server-settings.ts";
import { acceptHttp2 } from "./http2/accept-http2.ts";
import { rescue, writeAnswer } from "./rescue.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import type { Handler } from "./stages/stage.ts";
import type { CallerStream } from "./stream/caller-stream.ts";

/** A listener's settings: each request becomes an exchange and goes through `handler`. */
export function serveRequests(
  parts: SidecarParts,
  direction: Direction,
  handler: Handler,
  connect: Handler,
): ServerSettings {
  const serve = (stream: CallerStream): Promise<void> => {
    removeNamedInConnection(stream.head.fields);
    const exchange = new Exchange(stream, direction, parts.clock.monotonicMs());
    return (exchange.method === "CONNECT" ? connect : handler)(exchange).catch((error: unknown) => {
      parts.log.error({ err: error }, "a request failed outside of its stages");
      stream.abort();
    });
  };
  return {
    limits: parts.limits,
    deadlines: parts.deadlines,
    serve,
    http2: acceptHttp2,
    refuse: (failure) => {
      parts.rejected(failure.reason);
      return writeAnswer(rescue(failure));
    },
  };
}
