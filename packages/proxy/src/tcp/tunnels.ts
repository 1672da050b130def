import type { ResponseFlag } from "@weir/domain/request-path";
import type { Exchange } from "../exchange.ts";
import type { Wire } from "../wire/wire.ts";
import { type ReadAhead, tunnel } from "./tunnel.ts";

/** Whoever counts tunnels: connections passed on as TCP, and those that were upgraded out of HTTP. */
export interface TunnelMeter {
  /** Tunnels open now. */
  openTunnels: number;
  tunnelOpened(kind: "tcp" | "upgrade"): void;
  /** Bytes as they pass: a tunnel may last for days. */
  tunnelBytes(way: "sent" | "received", bytes: number): void;
}

/** Who broke a tunnel off, as Envoy flags it. */
const flags: Readonly<Record<"near" | "far", ResponseFlag>> = { near: "DC", far: "UC" };

/** The tunnels of a sidecar. */
export class Tunnels {
  readonly #meter: TunnelMeter;

  constructor(meter: TunnelMeter) {
    this.#meter = meter;
  }

  /** Joins a caller and an upstream until both have ended, and leaves on the exchange what passed between them. */
  async join(exchange: Exchange, near: Wire, far: Wire, ahead: ReadAhead): Promise<void> {
    const meter = this.#meter;
    meter.openTunnels++;
    meter.tunnelOpened(exchange.protocol === "tcp" ? "tcp" : "upgrade");
    const brokenBy = await tunnel(near, far, ahead, (way, bytes) => {
      if (way === "sent") exchange.tunnelSentBytes += bytes;
      else exchange.tunnelReceivedBytes += bytes;
      meter.tunnelBytes(way, bytes);
    });
    meter.openTunnels--;
    if (brokenBy) exchange.flag = flags[brokenBy];
  }
}
