import type { Attributes } from "@weir/telemetry/otlp";
import { placeholders } from "./placeholders.ts";

/**
 * Eight attributes a span, named as OpenTelemetry's semantic conventions name them today (HTTP 1.23 and later, database
 * 1.28, messaging 1.27). One or two of them have another value in nearly every trace.
 */
const id = placeholders.number;

const pathOf = (route: string) => route.replace(/\{\w+\}/, id);

export interface Answer {
  readonly method: string;
  readonly route: string;
  readonly status: number;
}

export function serverAttributes(
  service: string,
  { method, route, status }: Answer,
  visitor: number,
): Attributes {
  return {
    "http.request.method": method,
    "http.route": route,
    "http.response.status_code": status,
    "url.path": pathOf(route),
    "url.scheme": "http",
    "server.address": service,
    // Who asks from outside is one of some hundred; inside, one of a few clients.
    "user_agent.original": `Mozilla/5.0 (X11; Linux x86_64; rv:${100 + (visitor % 40)}.0) Gecko/20100101`,
    ...(method === "POST" ? { "shop.order.id": `ord-${id}` } : { "network.protocol.version": "1.1" }),
  };
}

export function clientAttributes(service: string, { method, route, status }: Answer): Attributes {
  return {
    "http.request.method": method,
    "http.response.status_code": status,
    "url.full": `http://${service}:8080${pathOf(route)}`,
    "server.address": service,
    "server.port": 8080,
    "network.protocol.version": "1.1",
    "network.peer.address": `10.4.${service.length}.17`,
    "network.peer.port": 8080,
  };
}

export function queryAttributes(system: string, summary: string, text: string, client: number): Attributes {
  return {
    "db.system.name": system,
    "db.namespace": "shop",
    "db.operation.name": summary.split(" ")[0] ?? "",
    "db.query.summary": summary,
    "db.query.text": text,
    "server.address": `${system}.shop`,
    "db.query.parameter.0": id,
    // The client's own end: a pool of connections has some ports.
    "network.local.port": 40_000 + (client % 32),
  };
}

export function workAttributes(name: string, thread: number): Attributes {
  return {
    "code.function.name": `shop.${name.replace(" ", ".")}`,
    "code.file.path": "/srv/shop/render.js",
    "code.line.number": 112,
    "thread.id": 1 + (thread % 8),
    "thread.name": `worker-${1 + (thread % 8)}`,
    "shop.session.id": `ses-${id}`,
    "shop.currency": "EUR",
    "shop.items": thread % 12,
  };
}

export function messagingAttributes(
  operation: "send" | "process",
  topic: string,
  partition: number,
): Attributes {
  return {
    "messaging.system": "kafka",
    "messaging.operation.type": operation,
    "messaging.operation.name": operation,
    "messaging.destination.name": topic,
    "messaging.destination.partition.id": String(partition % 12),
    "messaging.message.id": `msg-${id}`,
    "messaging.client.id": "shop-1",
    "server.address": "kafka.shop",
  };
}

/** Of one instance of a service. */
export function resourceAttributes(service: string, instance: number): Attributes {
  return {
    "service.name": service,
    "service.namespace": "shop",
    "service.version": "2.7.1",
    "service.instance.id": `${service}-7d9f6c5b4-${instance}`,
    "host.name": `node-${(instance + service.length) % 5}`,
    "deployment.environment.name": "production",
    "telemetry.sdk.name": "opentelemetry",
    "telemetry.sdk.language": "nodejs",
    "telemetry.sdk.version": "2.2.0",
  };
}
