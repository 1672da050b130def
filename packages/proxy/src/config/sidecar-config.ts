import { Endpoint, Mode, Name, Protocol, policyUnion, SocketAddress, Version } from "@weir/domain";
import { z } from "zod";

/** `host:port` to listen on; port 0 takes any free one. */
const ListenAddress = z
  .string()
  .regex(
    /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(?:0|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    "must be host:port, such as 127.0.0.1:15001 or [::1]:15001",
  );

const HttpUrl = z
  .string()
  .regex(/^https?:\/\/[^/?#\s]+\/?$/, "must be a URL without a path, such as http://127.0.0.1:4318");

const Ratio = z.number().min(0, "must be 0 or more").max(1, "must be 1 or less");

/** Relative to the directory that the sidecar is started in. */
const File = z.string().min(1);

const FileService = z.strictObject({
  name: Name,
  namespace: Name.optional().describe("Default: the workload's namespace."),
  hosts: z
    .array(z.string().min(1))
    .default([])
    .describe("Further names; NAME and NAME.NAMESPACE are always known."),
  protocol: Protocol.default("http"),
  mode: Mode.optional(),
  stableVersion: Version.optional().describe("Default: the lowest version that has an endpoint."),
  endpoints: z.array(Endpoint).default([]),
  tls: z
    .strictObject({
      ca: File.optional().describe("Certificates to trust, in PEM. Default: those that Node trusts."),
      serverName: z
        .string()
        .min(1)
        .optional()
        .describe("What the endpoints' certificate must be for. Default: the endpoint's host."),
    })
    .optional()
    .describe("Connections to its endpoints are encrypted. Absent: they are not."),
});

const FilePolicy = policyUnion({
  name: Name,
  namespace: Name.optional().describe("Default: the workload's namespace."),
  targetRef: Name.describe("The service whose requests the policy is about, in the policy's namespace."),
  mode: Mode.optional().describe("Default: the service's mode, then the file's."),
});

const bytes = z
  .int()
  .min(1)
  .max(2 ** 40);
const milliseconds = z.int().min(1).max(86_400_000);

const Limits = z
  .strictObject({
    maxHeadBytes: bytes
      .optional()
      .describe("A request's or response's whole head; more is 431. Default: 65536."),
    maxBodyBytes: bytes.optional().describe("The body of one request; more is 413. Default: no limit."),
    headTimeoutMs: milliseconds
      .optional()
      .describe("From a head's first byte to its last; later is 408. Default: 10000."),
    idleTimeoutMs: milliseconds.optional().describe("A connection between two requests. Default: 300000."),
    streamIdleTimeoutMs: milliseconds
      .optional()
      .describe("A request under way in which neither side sends a byte. Default: 300000."),
    connectTimeoutMs: milliseconds.optional().describe("For a connection to an upstream. Default: 5000."),
    minBodyBytesPerSecond: z
      .int()
      .min(0)
      .max(2 ** 30)
      .optional()
      .describe("What a body of known length must bring, on average over half a minute. Default: 128."),
  })
  .describe("Bounds on messages and connections, against peers that are slow or send too much.");

/** The file of `weir proxy --config FILE`; published as `sidecar-config.schema.json`. */
export const SidecarConfig = z
  .strictObject({
    workload: z
      .strictObject({ service: Name, namespace: Name, version: Version })
      .describe("What this sidecar stands beside."),
    mode: Mode.default("observe").describe(
      "Mode of the whole mesh where this file describes it; else the controller's.",
    ),
    zone: Name.optional(),
    outbound: z
      .strictObject({ listen: ListenAddress })
      .optional()
      .describe("Where the application sends its requests: by Host, as an HTTP proxy, or with CONNECT."),
    inbound: z
      .strictObject({
        listen: ListenAddress,
        app: SocketAddress.describe("Where the application listens."),
        tls: z
          .strictObject({
            certificate: File.describe("In PEM, with the chain behind it."),
            privateKey: File.describe("In PEM."),
          })
          .optional()
          .describe("Connections are encrypted here: HTTP/2 or HTTP/1.1, as agreed on (ALPN)."),
        advertise: SocketAddress.optional().describe(
          "Where other sidecars reach this listener. Default: the address it listens on, or this machine's first one.",
        ),
      })
      .optional()
      .describe("Where others reach the application."),
    admin: z
      .strictObject({ listen: ListenAddress })
      .optional()
      .describe("/healthz, /readyz, /metrics, /snapshot and /config."),
    telemetry: z
      .strictObject({
        otlp: HttpUrl.describe("An OTLP/HTTP receiver."),
        traceSampling: Ratio.default(0.01).describe(
          "Share of the traces started here that are recorded, 0 to 1.",
        ),
        accessLogSampling: Ratio.default(1).describe(
          "Share of requests whose access log is exported, 0 to 1.",
        ),
      })
      .optional()
      .describe("Absent: /metrics only."),
    controller: HttpUrl.optional().describe(
      "Absent: services and policies of this file alone. Present: those of this file until the controller is first heard.",
    ),
    stateDir: z.string().min(1).optional().describe("Where the last snapshot is kept across restarts."),
    additions: z
      .strictObject({
        identity: z
          .boolean()
          .default(true)
          .describe("X-Weir-Source-*: who is calling, to services of the mesh alone."),
        traceContext: z.boolean().default(true).describe("W3C trace context, and B3 where it came in."),
        forwardingHeaders: z.boolean().default(true).describe("X-Forwarded-For and X-Forwarded-Proto."),
      })
      .prefault({})
      .describe("What the sidecar adds to requests, in observe too."),
    limits: Limits.optional(),
    services: z.array(FileService).default([]),
    policies: z.array(FilePolicy).default([]),
  })
  .refine((config) => config.outbound !== undefined || config.inbound !== undefined, {
    message: "needs outbound, inbound, or both",
  });
export type SidecarConfig = z.infer<typeof SidecarConfig>;
