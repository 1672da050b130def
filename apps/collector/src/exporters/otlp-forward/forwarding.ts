import { OtlpDecodeError } from "@weir/telemetry/otlp";
import { Counter, Gauge, type Logger, type Registry } from "@weir/telemetry/process";
import type { AttributeRules } from "../../processors/attribute-rules/attribute-rules.ts";
import { redactBody } from "../../processors/attribute-rules/redact-body.ts";
import type { ForwardRequest } from "./forward-request.ts";
import {
  createOtlpForwarder,
  type ForwardEvents,
  type OtlpForwarder,
  type OtlpForwarderSettings,
} from "./otlp-forwarder.ts";

export interface ForwardingSettings
  extends Pick<OtlpForwarderSettings, "graceMs" | "log" | "now" | "random"> {
  readonly backends: readonly Omit<OtlpForwarderSettings, "events" | keyof ForwardingSettings>[];
  /** What they hide, no backend gets to see. */
  readonly rules: AttributeRules;
  readonly registry: Registry;
  readonly log: Logger;
}

/** All backends that get what the collector has kept. */
export interface Forwarding {
  /** Never throws, and never waits. */
  offer(request: ForwardRequest): void;
  stop(): Promise<void>;
}

/** A forwarder for each backend, counted by its endpoint. */
export function startForwarding(settings: ForwardingSettings): Forwarding {
  const { backends, rules, registry, ...common } = settings;
  const eventsOf = createForwardCounters(registry);
  const forwarders = backends.map((backend) => ({
    label: backend.endpoint.origin,
    signals: backend.signals,
    forwarder: createOtlpForwarder({ ...backend, ...common, events: eventsOf(backend.endpoint.origin) }),
  }));
  gaugeDepth(registry, forwarders);
  const unreadable = new Counter({
    name: "weir_collector_forward_requests_unreadable_total",
    help: "Requests that were kept and not forwarded: what was rejected in them cannot be read, and so not redacted.",
    labelNames: ["signal"],
    registers: [registry],
  });
  return {
    offer(request) {
      const wanting = forwarders.filter(({ signals }) => signals.includes(request.signal));
      if (wanting.length === 0) return;
      const { signal, encoding, body } = request;
      const redacted = redactedOr(() => redactBody(signal, encoding, body, rules));
      if (redacted === undefined) unreadable.inc({ signal });
      else for (const { forwarder } of wanting) forwarder.offer({ ...request, body: redacted });
    },
    async stop() {
      await Promise.all(forwarders.map(({ forwarder }) => forwarder.stop()));
    },
  };
}

/** Undefined: it cannot be read. The request was answered already, so this is nobody's error. */
function redactedOr(redact: () => Buffer): Buffer | undefined {
  try {
    return redact();
  } catch (error) {
    if (error instanceof OtlpDecodeError) return undefined;
    throw error;
  }
}

function createForwardCounters(registry: Registry): (endpoint: string) => ForwardEvents {
  const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
    new Counter({
      name: `weir_collector_forward_${name}_total`,
      help,
      labelNames: ["endpoint", "signal", ...labelNames],
      registers: [registry],
    });
  const sent = counter("requests_sent", "Requests that another backend took.", []);
  const dropped = counter("requests_dropped", "Requests that another backend will not get, by reason.", [
    "reason",
  ]);
  const failed = counter(
    "attempts_failed",
    "Attempts to send a request that failed in a way that may pass.",
    [],
  );
  const rejected = counter(
    "items_rejected",
    "Items that another backend did not take of requests it took.",
    [],
  );
  return (endpoint) => ({
    sent: (signal) => sent.inc({ endpoint, signal }),
    dropped: (signal, reason) => dropped.inc({ endpoint, signal, reason }),
    failed: (signal) => failed.inc({ endpoint, signal }),
    rejected: (signal, items) => rejected.inc({ endpoint, signal }, items),
  });
}

function gaugeDepth(
  registry: Registry,
  forwarders: readonly { readonly label: string; readonly forwarder: OtlpForwarder }[],
): void {
  const gauge = (unit: "bytes" | "requests", help: string) =>
    new Gauge({
      name: `weir_collector_forward_queue_${unit}`,
      help,
      labelNames: ["endpoint"],
      registers: [registry],
      collect() {
        for (const { label, forwarder } of forwarders) this.set({ endpoint: label }, forwarder.depth[unit]);
      },
    });
  gauge("bytes", "Bytes of requests that wait for another backend, or are on their way to it.");
  gauge("requests", "Requests that wait for another backend, or are on their way to it.");
}
