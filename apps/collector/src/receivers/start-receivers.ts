import { randomUUID } from "node:crypto";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "@weir/telemetry/process";
import type { SocketAddress } from "../config.ts";
import type { Intake } from "../intake.ts";
import type { Meters } from "../meters.ts";
import { startGrpcReceiver } from "./grpc/grpc-receiver.ts";
import { close, listen } from "./listen.ts";
import { createOtlpHttpReceiver } from "./otlp-http.ts";
import { createZipkinReceiver } from "./zipkin/zipkin-receiver.ts";

export interface ReceiversSettings {
  readonly config: {
    readonly listen: SocketAddress;
    /** Undefined: not listened for. */
    readonly grpcListen?: SocketAddress | undefined;
    readonly zipkinListen?: SocketAddress | undefined;
  };
  readonly intake: Intake;
  readonly meters: Meters;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly isReady: () => boolean;
  /** Answers requests on the OTLP/HTTP port that are not OTLP (health, metrics, status); false for those that are. */
  readonly answersItself: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface Receivers {
  /** Of OTLP/HTTP. */
  readonly port: number;
  readonly grpcPort: number | undefined;
  readonly zipkinPort: number | undefined;
  /** Take nothing new, answer what is here, close; after `graceMs` what is left is cut off. */
  stop(graceMs: number): Promise<void>;
}

/** All receivers that listen. Throws one sentence when one of them cannot; then none does. */
export async function startReceivers(settings: ReceiversSettings): Promise<Receivers> {
  const { config, log } = settings;
  const started: { readonly name: string; readonly port: number; stop(graceMs: number): Promise<void> }[] =
    [];
  const stop = async (graceMs: number): Promise<void> => {
    await Promise.all(started.map((receiver) => receiver.stop(graceMs)));
  };
  try {
    started.push(await startHttp("OTLP/HTTP", config.listen, otlpHttp(settings)));
    if (config.grpcListen)
      started.push({ name: "OTLP/gRPC", ...(await startGrpc(settings, config.grpcListen)) });
    if (config.zipkinListen) started.push(await startHttp("Zipkin", config.zipkinListen, zipkin(settings)));
  } catch (error) {
    await stop(0);
    throw error;
  }
  const portOf = (name: string) => started.find((receiver) => receiver.name === name)?.port;
  for (const { name, port } of started) log.info({ port }, `listening for ${name}`);
  return {
    port: portOf("OTLP/HTTP") ?? 0,
    grpcPort: portOf("OTLP/gRPC"),
    zipkinPort: portOf("Zipkin"),
    stop,
  };
}

function otlpHttp({ intake, meters, log, answersItself }: ReceiversSettings): RequestListener {
  const receive = createOtlpHttpReceiver({
    intake,
    onAnswer: (signal, status) => meters.requests.inc({ signal, status: String(status) }),
    onFault: (error) => log.error({ err: error }, "a request failed"),
  });
  return (request, response) => {
    if (!answersItself(request, response)) void receive(request, response);
  };
}

function zipkin({ intake, now, meters, log }: ReceiversSettings): RequestListener {
  const receive = createZipkinReceiver({
    ...{ intake, now },
    onAnswer: (status) => meters.zipkinRequests.inc({ status: String(status) }),
    onFault: (error) => log.error({ err: error }, "a Zipkin request failed"),
  });
  return (request, response) => void receive(request, response);
}

async function startGrpc({ intake, now, isReady, meters, log }: ReceiversSettings, address: SocketAddress) {
  const server = await startGrpcReceiver({
    ...{ listen: address, intake, now, isReady },
    newId: randomUUID,
    onAnswer: (method, status) => meters.grpcRequests.inc({ method, status }),
    onFault: (error) => log.error({ err: error }, "a call failed"),
    onAccessLogs: (count) => meters.accessLogs.inc(count),
    onAccessLogsDropped: (unit, reason, count) => meters.dropped(`access_log_${unit}_${reason}`, count),
  });
  return { port: server.port, stop: (graceMs: number) => server.stop(graceMs) };
}

/**
 * For how long a connection may be idle, as in the OpenTelemetry Collector. Node's five seconds are what SDKs wait between
 * two batches: they would now and then write into a connection that is just being closed.
 */
const idleMs = 60_000;

async function startHttp(name: string, address: SocketAddress, onRequest: RequestListener) {
  const server: Server = createServer({ requestTimeout: 30_000, keepAliveTimeout: idleMs }, onRequest);
  await listen(server, address);
  return {
    name,
    port: (server.address() as AddressInfo).port,
    stop: (graceMs: number) => close(server, graceMs),
  };
}
