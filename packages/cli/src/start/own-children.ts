import { join } from "node:path";
import { nodeProcess } from "../supervise/node-process.ts";
import type { ChildSettings } from "../supervise/running-process.ts";
import { serverFlags } from "./node-flags.ts";
import type { WellKnownPorts } from "./well-known-ports.mjs";

/** What all of Weir's own processes are told. */
export interface OwnProcesses {
  readonly root: string;
  readonly ports: WellKnownPorts;
  readonly env: Readonly<Record<string, string>>;
}

const local = (port: number) => `127.0.0.1:${port}`;
const readyUrl = (port: number) => `http://${local(port)}/readyz`;

/** `spoolDir`: absolute; where telemetry waits while the database is away. */
export function collectorProcess(
  { root, ports, env }: OwnProcesses,
  databaseUrl: string,
  spoolDir: string,
): ChildSettings {
  return {
    name: "collector",
    label: "collector",
    launch: nodeProcess({
      args: [...serverFlags, join(root, "apps/collector/src/main.ts")],
      cwd: root,
      env: {
        ...env,
        DATABASE_URL: databaseUrl,
        WEIR_OTLP_HTTP_LISTEN: local(ports.otlpHttp),
        WEIR_OTLP_GRPC_LISTEN: local(ports.otlpGrpc),
        WEIR_ZIPKIN_LISTEN: local(ports.zipkin),
        WEIR_SPOOL_DIR: spoolDir,
      },
      readyUrl: readyUrl(ports.otlpHttp),
    }),
    readyWithinMs: 60_000,
    stopWithinMs: 12_000,
  };
}

export function controllerProcess({ root, ports, env }: OwnProcesses, databaseUrl: string): ChildSettings {
  return {
    name: "controller",
    label: "controller",
    launch: nodeProcess({
      args: [...serverFlags, join(root, "apps/controller/src/main.ts")],
      cwd: root,
      env: {
        ...env,
        DATABASE_URL: databaseUrl,
        WEIR_CONTROLLER_LISTEN: local(ports.controller),
        WEIR_CONSOLE_URL: env.WEIR_CONSOLE_URL ?? `http://${local(ports.console)}`,
        // All of it is on one machine, and so are the receivers that people try it with.
        WEIR_WEBHOOK_LOOPBACK: env.WEIR_WEBHOOK_LOOPBACK ?? "allow",
      },
      readyUrl: readyUrl(ports.controller),
    }),
    readyWithinMs: 60_000,
    stopWithinMs: 12_000,
  };
}

export function consoleProcess({ root, ports, env }: OwnProcesses, databaseUrl: string): ChildSettings {
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  return {
    name: "console",
    label: "console",
    launch: nodeProcess({
      args: [
        "--max-old-space-size=768",
        next,
        "start",
        "--port",
        `${ports.console}`,
        "--hostname",
        "127.0.0.1",
      ],
      cwd: join(root, "apps/console"),
      env: {
        ...env,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        DATABASE_URL: databaseUrl,
        PORT: `${ports.console}`,
        HOSTNAME: "127.0.0.1",
        WEIR_CONTROLLER_URL: `http://${local(ports.controller)}`,
        WEIR_COLLECTOR_URL: `http://${local(ports.otlpHttp)}`,
      },
      readyUrl: readyUrl(ports.console),
    }),
    readyWithinMs: 60_000,
    stopWithinMs: 8000,
  };
}
