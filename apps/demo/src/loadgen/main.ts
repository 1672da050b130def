import { maxRps, readLoadgenConfig } from "../config.ts";
import { asNumber, asObject } from "../service/fields.ts";
import { runService } from "../service/run-service.ts";
import { createLoadStats } from "./load-stats.ts";
import { startTraffic } from "./traffic.ts";

/** Shoppers for the shop at TARGET: browse, think, buy. RATE requests per second; PUT /rate changes it. */
await runService("loadgen", ({ log, now, random, every, onStop }) => {
  const stats = createLoadStats(now);
  const traffic = startTraffic({ ...readLoadgenConfig(), log, stats, now, random });
  onStop(traffic.stop);
  every(10_000, () => {
    const last = stats.turn();
    if (last.requests + last.dropped > 0) log.info({ wantedRps: traffic.rate(), ...last }, "last 10 s");
  });

  return {
    routes: {
      "GET /rate": () => ({ json: { rps: traffic.rate(), max: maxRps } }),

      "PUT /rate": async ({ body }) => {
        const { rps } = asObject(await body(), "body");
        traffic.setRate(asNumber(rps, "rps", { min: 0, max: maxRps }));
        log.info({ rps: traffic.rate() }, "rate changed");
        return { json: { rps: traffic.rate(), max: maxRps } };
      },

      "GET /stats": () => ({
        json: {
          wantedRps: traffic.rate(),
          inFlight: traffic.inFlight(),
          window: stats.window(),
          total: stats.total(),
        },
      }),
    },
  };
});
