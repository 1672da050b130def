import { NotificationTarget } from "@weir/domain";
import { type ConfigStore, openConfigStore } from "@weir/store";
import { createLogger } from "@weir/telemetry/process";
import { createTestDatabase, waitFor } from "@weir/testkit";
import { Registry } from "prom-client";
import { Deliveries, type DeliveriesSettings } from "../deliveries/deliveries.ts";
import { createMeters } from "../meters.ts";
import { webhookAgent } from "../webhooks/webhook-agent.ts";
import { type Receiver, startReceiver } from "./start-receiver.ts";

/** An outbox in a database of its own, with those who are told and a deliverer that works it off. Close it after each test. */
export async function deliveryWorld() {
  const { databaseUrl, drop } = await createTestDatabase();
  const store: ConfigStore = openConfigStore(databaseUrl);
  const cleanups: (() => unknown)[] = [() => drop(), () => store.close()];
  let names = 0;
  return {
    databaseUrl,
    store,
    /** To be done before the database goes, the last first. */
    after: (cleanup: () => unknown) => void cleanups.push(cleanup),

    /** Runs as often as it may, until the test is over or `stop` is called. */
    deliver(given: Partial<DeliveriesSettings> = {}) {
      const over = new AbortController();
      const dispatcher = webhookAgent({ loopback: true });
      const deliveries = new Deliveries({
        ...{ store, dispatcher, consoleUrl: "https://weir.example", timeoutMs: 5_000 },
        ...{ now: Date.now, random: () => 0 },
        ...{ meters: createMeters(new Registry()), logger: createLogger("controller-test", "silent") },
        ...given,
      });
      const ended = (async () => {
        while (!over.signal.aborted) await deliveries.run(over.signal);
      })();
      const stop = async () => {
        over.abort();
        await ended;
        await dispatcher.destroy();
      };
      cleanups.push(stop);
      return stop;
    },

    async receiver(...given: Parameters<typeof startReceiver>): Promise<Receiver> {
      const started = await startReceiver(...given);
      cleanups.push(() => started.stop().catch(() => {}));
      return started;
    },

    target: (url: string, given: Partial<NotificationTarget> = {}) =>
      store.addTarget(
        NotificationTarget.parse({
          ...{ name: `target ${names++}`, url, format: "json", topics: ["config"], leastSeverity: "info" },
          ...given,
        }),
        { author: "ada" },
      ),

    hold: (on: boolean) => store.setMeshHold(on, { author: "ada", reason: "<a & b>" }),

    settled: (id: number, count: number) =>
      waitFor(
        async () => {
          const all = await store.listDeliveries(id, 50);
          return all.filter(({ state }) => state !== "waiting").length >= count ? all : undefined;
        },
        { what: `${count} deliveries`, timeoutMs: 15_000 },
      ),

    async close() {
      for (const cleanup of cleanups.reverse()) await cleanup();
    },
  };
}
