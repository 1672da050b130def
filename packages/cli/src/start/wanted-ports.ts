import type { WantedPort } from "./check-ports.ts";
import type { StartSettings } from "./start-settings.ts";

/**
 * The well-known ports that must be free before a start with these settings.
 *
 * @param afterCrash the store stops a Postgres that a killed start left behind, and says so itself when it cannot
 */
export function wantedPorts({ ports, demo, databaseUrl }: StartSettings, afterCrash: boolean): WantedPort[] {
  return [
    { port: ports.console, purpose: "console" },
    { port: ports.otlpGrpc, purpose: "OTLP/gRPC" },
    { port: ports.otlpHttp, purpose: "OTLP/HTTP" },
    { port: ports.zipkin, purpose: "Zipkin" },
    { port: ports.controller, purpose: "controller" },
    ...(demo ? [{ port: ports.shop, purpose: "demo shop" }] : []),
    ...(databaseUrl || afterCrash ? [] : [{ port: ports.postgres, purpose: "embedded Postgres" }]),
  ];
}
