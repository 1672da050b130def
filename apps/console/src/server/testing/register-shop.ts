import type { ConfigStore } from "@weir/store";

/** Two versions of payments and one of the cart, each with a connected sidecar. */
export async function registerShop(config: ConfigStore): Promise<void> {
  for (const [service, version, port] of [
    ["payments", "v1", 9001],
    ["payments", "v2", 9002],
    ["cart", "v1", 9003],
  ] as const)
    await config.registerSidecar(
      {
        proxyId: `${service}-${version}`,
        workload: { namespace: "shop", service, version },
        inboundAddress: `127.0.0.1:${port}`,
        release: "0.1.0",
      },
      { controllerId: "test", leaseMs: 600_000 },
    );
}
