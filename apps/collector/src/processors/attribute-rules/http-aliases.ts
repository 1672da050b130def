import { type Aliases, type AttributePart, renamed, type Split } from "./alias.ts";
import { protocolVersions } from "./network-aliases.ts";

/** Scheme and authority of an absolute-form target (RFC 9112 3.2.2). */
const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/** A request target as path and query (OpenTelemetry registry, deprecated: http.target). */
const target: Split = {
  names: ["url.path", "url.query"],
  of(value) {
    const [relative = ""] = value.replace(origin, "").split("#", 1);
    const mark = relative.indexOf("?");
    const path: AttributePart = ["url.path", (mark < 0 ? relative : relative.slice(0, mark)) || "/"];
    const query = mark < 0 ? "" : relative.slice(mark + 1);
    return query === "" ? [path] : [path, ["url.query", query]];
  },
};

/**
 * HTTP conventions 1.23 (stable) from those of 1.20 and before (OpenTelemetry: HTTP semantic convention stability
 * migration guide; schemas 1.15, 1.19, 1.21, 1.22). `http.host` stays: it says another thing on either side.
 */
const ofOpenTelemetry: Aliases = {
  ...renamed({
    "http.method": "http.request.method",
    "http.status_code": "http.response.status_code",
    "http.scheme": "url.scheme",
    "http.url": "url.full",
    "http.client_ip": "client.address",
    "http.user_agent": "user_agent.original",
    "http.request_content_length": "http.request.body.size",
    "http.response_content_length": "http.response.body.size",
    "http.resend_count": "http.request.resend_count",
    "http.retry_count": "http.request.resend_count",
    "http.server_name": "server.address",
  }),
  "http.flavor": { name: "network.protocol.version", values: protocolVersions },
  "http.target": { name: "url.path", split: target },
};

/** What Envoy (Tracing: HTTP span tags) and Zipkin's Brave write where OpenTelemetry has a name. */
const ofOthers: Aliases = {
  ...renamed({ "http.path": "url.path", user_agent: "user_agent.original" }),
  "http.protocol": {
    name: "network.protocol.version",
    values: { "HTTP/1.0": "1.0", "HTTP/1.1": "1.1", "HTTP/2": "2", "HTTP/3": "3" },
  },
};

export const httpAliases: Aliases = { ...ofOpenTelemetry, ...ofOthers };
