import type { Logger } from "pino";
import { nextArrivalMs } from "./arrivals.ts";
import { createShoppersAgent, openBrowser } from "./browser.ts";
import type { LoadStats } from "./load-stats.ts";
import { meanSteps, planVisit } from "./plan-visit.ts";
import { visit } from "./shopper.ts";

/** Shoppers that come in at random (Poisson), whether or not the earlier ones are done: an open loop. */
export type Traffic = {
  /** Requests per second, on average; 0 sends everybody home. */
  setRate(rps: number): void;
  rate(): number;
  /** Requests waiting for an answer. */
  inFlight(): number;
  stop(): void;
};

export type TrafficSettings = {
  target: URL;
  rps: number;
  log: Logger;
  stats: LoadStats;
  now: () => number;
  random: () => number;
};

const maxInFlight = 150;
const maxVisits = 1_500;
const firstPauseMs = 250;
const longestPauseMs = 5_000;

export function startTraffic({ target, rps, log, stats, now, random }: TrafficSettings): Traffic {
  const agent = createShoppersAgent();
  const requestsPerVisit = meanSteps(random);
  let skus: readonly string[] = [];
  let rate = rps;
  let open = 0;
  let visits = 0;
  let timer: NodeJS.Timeout | undefined;
  let home = new AbortController();

  const schedule = () => {
    clearTimeout(timer);
    const pauseMs = nextArrivalMs(rate / requestsPerVisit, random);
    if (Number.isFinite(pauseMs) && skus.length > 0) timer = setTimeout(arrive, pauseMs);
  };

  const arrive = () => {
    schedule();
    if (open >= maxInFlight || visits >= maxVisits) {
      stats.dropped();
      return;
    }
    visits += 1;
    const headers = random() < 0.1 ? { "x-user-type": "beta-tester" } : { "x-user-type": "regular" };
    const browser = openBrowser(agent, target, headers);
    const onRequest = (change: 1 | -1) => {
      open += change;
    };
    visit(planVisit(random), { browser, skus, stats, now, random, signal: home.signal, onRequest })
      .catch((err: unknown) => log.error({ err }, "a visit broke off"))
      .finally(() => {
        visits -= 1;
      });
  };

  /** The shop may still be starting: asks again with growing pauses, and begins once it shows its goods. */
  const begin = async (attempt: number): Promise<void> => {
    const reply = await openBrowser(
      agent,
      target,
      {},
    )("GET", "/products?limit=100").catch((err: unknown) => err);
    skus = readSkus(reply);
    if (skus.length > 0) {
      log.info({ target: target.origin, products: skus.length, rps: rate }, "the shop is open");
      schedule();
      return;
    }
    if (attempt === 0) log.info({ target: target.origin }, "waiting for the shop to open");
    timer = setTimeout(() => void begin(attempt + 1), Math.min(longestPauseMs, firstPauseMs * 2 ** attempt));
  };
  void begin(0);

  return {
    setRate(next) {
      rate = next;
      if (rate === 0) {
        home.abort();
        home = new AbortController();
      }
      if (skus.length > 0) schedule();
    },
    rate: () => rate,
    inFlight: () => open,
    stop() {
      clearTimeout(timer);
      home.abort();
      agent.destroy();
    },
  };
}

function readSkus(reply: unknown): string[] {
  if (typeof reply !== "object" || reply === null || !("text" in reply)) return [];
  try {
    const { items } = JSON.parse(String(reply.text)) as { items?: { sku: string }[] };
    return (items ?? []).map(({ sku }) => sku);
  } catch {
    return [];
  }
}
