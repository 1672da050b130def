import { onTestFinished } from "vitest";
import { resolveConfig } from "../config/resolve-config.ts";
import type { Logger } from "../logger.ts";
import { type Sidecar, type SidecarSettings, startSidecar } from "../sidecar.ts";

/** A log that says nothing. */
export const silentLog: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface TestSidecar extends Sidecar {
  readonly outboundPort: number;
  readonly inboundPort: number;
  readonly adminPort: number;
  /** Body of a page of the admin port. */
  page(path: string): Promise<string>;
}

/**
 * A sidecar of shop/web v1 in this process, on free ports, stopped when the test is over. `config` is what a
 * configuration file would say besides; `app` opens the inbound port before that port of an application.
 */
export async function startTestSidecar(
  config: Record<string, unknown> & { app?: number } = {},
  settings: Partial<SidecarSettings> = {},
): Promise<TestSidecar> {
  const { app, ...rest } = config;
  const resolved = resolveConfig({
    workload: { namespace: "shop", service: "web", version: "v1" },
    outbound: { listen: "127.0.0.1:0" },
    ...(app === undefined ? {} : { inbound: { listen: "127.0.0.1:0", app: `127.0.0.1:${app}` } }),
    admin: { listen: "127.0.0.1:0" },
    ...rest,
  });
  const sidecar = await startSidecar({ ...resolved, log: silentLog, drainMs: 100, ...settings });
  onTestFinished(() => sidecar.stop());
  const adminPort = sidecar.admin?.port ?? 0;
  return {
    ...sidecar,
    outboundPort: sidecar.outbound?.port ?? 0,
    inboundPort: sidecar.inbound?.port ?? 0,
    adminPort,
    page: async (path) => (await fetch(`http://127.0.0.1:${adminPort}${path}`)).text(),
  };
}

/** A service of a configuration with endpoints on these ports, by version. */
export function service(name: string, ports: Readonly<Record<string, number | readonly number[]>>) {
  const endpoints = Object.entries(ports).flatMap(([version, some]) =>
    [some].flat().map((port) => ({ address: `127.0.0.1:${port}`, version })),
  );
  return { name, endpoints };
}
