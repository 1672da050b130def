import { type Children, nextMessage } from "../../shared/children.ts";

/** Ports of the one upstream of a run. */
export interface Upstreams {
  readonly http1: number;
  readonly http2: number;
}

export function startUpstream(children: Children): Promise<Upstreams> {
  return nextMessage<Upstreams>(children.fork(new URL("upstream-process.ts", import.meta.url)));
}
