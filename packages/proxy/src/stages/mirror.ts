import type { Exchange } from "../exchange.ts";
import { upgradeOf } from "../http1/hop-by-hop.ts";
import { Mirroring, type MirroringSettings } from "../mirror/mirroring.ts";
import { buffered } from "./buffered.ts";
import { chooseUpstreams, type Upstreams } from "./choose-upstreams.ts";
import type { Stage } from "./stage.ts";

export interface MirrorSettings extends MirroringSettings {
  readonly upstreams: Upstreams;
}

/**
 * Sends a copy of the request to the version that a rule mirrors to, once the request is complete. The answer is
 * thrown away, and the request itself does not wait for anything of it (Envoy: request_mirror_policies).
 */
export const mirror = (settings: MirrorSettings): Stage => {
  const mirroring = new Mirroring(settings);
  return (next) => (exchange) => {
    const version = exchange.action?.mirrorVersion;
    // What is upgraded is no request that could be copied.
    if (version !== undefined && upgradeOf(exchange.fields) === undefined) take(exchange, version);
    return next(exchange);
  };

  function take(exchange: Exchange, version: string): void {
    const { service } = exchange;
    if (service === undefined) return;
    const streams = chooseUpstreams(exchange, settings.upstreams);
    const copy = mirroring.copyOf(exchange, service, version, streams);
    const request = buffered(exchange);
    request.whenComplete(() => mirroring.send(copy, request.whole));
  }
};
