import type { AdminFacts } from "./admin/admin-pages.ts";
import { adminSettings } from "./admin/admin-settings.ts";
import type { SidecarConfig } from "./config/sidecar-config.ts";
import { partyOf } from "./exchange.ts";
import { HttpListener, type ListenAddress } from "./http1/http-listener.ts";
import type { ServerSettings } from "./http1/server-settings.ts";
import { inbound } from "./inbound.ts";
import { outbound } from "./outbound.ts";
import { RequestFailure } from "./request-failure.ts";
import { serveRequests } from "./serve-requests.ts";
import type { SidecarParts } from "./sidecar-parts.ts";
import { answerFailures } from "./stages/answer-failures.ts";
import { knownSource } from "./stages/identity.ts";
import { judged } from "./stages/judge.ts";
import { measure } from "./stages/measure.ts";
import { type Handler, stack } from "./stages/stage.ts";
import { serveConnect } from "./tcp/serve-connect.ts";
import type { Meters } from "./telemetry/meters.ts";
import type { ServerCertificate } from "./tls/terminate-tls.ts";
import { readPem } from "./tls/tls-files.ts";

export interface ListenerFacts {
  readonly meters: Meters;
  readonly state: { readonly ready: boolean; readonly stopping: boolean };
  /** Other threads listen on the same ports. */
  readonly sharePorts?: boolean | undefined;
}

export interface Listeners {
  readonly outbound: HttpListener | undefined;
  readonly inbound: HttpListener | undefined;
  readonly admin: HttpListener | undefined;
  readonly connections: number;
  drain(deadlineMs: number): Promise<void>;
}

/** Opens the ports of a configuration; none stays open when one cannot be. Rejects with ListenFailed. */
export async function openListeners(
  config: SidecarConfig,
  parts: SidecarParts,
  facts: ListenerFacts,
): Promise<Listeners> {
  const open: HttpListener[] = [];
  const opened = async (
    what: string,
    listen: string,
    settings: ServerSettings,
    tls?: ServerCertificate,
  ): Promise<HttpListener> => {
    const address = { ...listenAddress(listen), reusePort: facts.sharePorts ?? false };
    const listener = await HttpListener.open(what, address, settings, parts.wires, tls);
    open.push(listener);
    return listener;
  };
  try {
    const out = config.outbound && (await openOutbound(config.outbound.listen, parts, opened));
    const into =
      config.inbound &&
      (await opened(
        "inbound",
        config.inbound.listen,
        inboundSettings(config.inbound.app, parts),
        config.inbound.tls && (await readCertificate(config.inbound.tls)),
      ));
    const admin =
      config.admin &&
      (await opened(
        "admin",
        config.admin.listen,
        adminSettings(adminFacts(config, parts, facts), { ...parts, meters: facts.meters }),
      ));
    const traffic = [out, into].filter((listener) => listener !== undefined);
    return {
      outbound: out,
      inbound: into,
      admin,
      get connections() {
        return traffic.reduce((sum, listener) => sum + listener.connections, 0);
      },
      drain: async (deadlineMs) => {
        await Promise.all(traffic.map((listener) => listener.drain(deadlineMs)));
      },
    };
  } catch (error) {
    for (const listener of open) listener.destroy();
    throw error;
  }
}

async function readCertificate(files: {
  certificate: string;
  privateKey: string;
}): Promise<ServerCertificate> {
  const certificate = await readPem("the certificate", files.certificate);
  return { certificate, privateKey: await readPem("the private key", files.privateKey) };
}

type Open = (what: string, listen: string, settings: ServerSettings) => Promise<HttpListener>;

async function openOutbound(listen: string, parts: SidecarParts, open: Open): Promise<HttpListener> {
  let listener: HttpListener | undefined;
  const handler = outbound(parts, () => listener?.address.port);
  const recorder = judged(parts.recorder, parts.clock);
  const connect = stack(
    answerFailures(parts),
    knownSource(partyOf(parts.workload)),
  )((exchange) =>
    serveConnect(exchange, {
      ...parts,
      record: (over) => {
        recorder.begin();
        recorder.end(over);
      },
      serveHttp: (wire, authority, first) => listener?.serve(wire, { ...settings, authority }, first),
    }),
  );
  const settings = serveRequests(parts, "outbound", handler, connect);
  listener = await open("outbound", listen, settings);
  return listener;
}

function inboundSettings(app: string, parts: SidecarParts): ServerSettings {
  return serveRequests(parts, "inbound", inbound(parts, listenAddress(app)), refuseConnect(parts));
}

/** Nobody may make this sidecar connect to a place of their choosing. */
function refuseConnect(parts: SidecarParts): Handler {
  return stack(
    measure(parts.recorder),
    answerFailures(parts),
  )(async () => {
    throw new RequestFailure("NOT_ALLOWED", "CONNECT is not served here");
  });
}

function adminFacts(
  config: SidecarConfig,
  parts: SidecarParts,
  { meters, state }: ListenerFacts,
): AdminFacts {
  return {
    config,
    snapshot: () => parts.mesh.current.snapshot,
    meters: () => meters,
    notReady: () =>
      state.stopping ? "stopping" : state.ready ? undefined : "no snapshot from the controller yet",
  };
}

/** A checked `host:port`, where port 0 asks for a free one. */
export function listenAddress(text: string): ListenAddress {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) };
}
