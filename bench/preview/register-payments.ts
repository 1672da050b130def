import { openConfigStore } from "@weir/store";

/** Two versions of payments, each with a connected sidecar: drafts are judged by what there is. */
export async function registerPayments(databaseUrl: string): Promise<void> {
  const config = openConfigStore(databaseUrl);
  try {
    for (const [version, port] of [
      ["v1", 9001],
      ["v2", 9002],
    ] as const)
      await config.registerSidecar(
        {
          proxyId: `payments-${version}`,
          workload: { namespace: "shop", service: "payments", version },
          inboundAddress: `127.0.0.1:${port}`,
          release: "0.1.0",
        },
        { controllerId: "bench", leaseMs: 24 * 3_600_000 },
      );
  } finally {
    await config.close();
  }
}
