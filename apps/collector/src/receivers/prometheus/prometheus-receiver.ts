import type { Logger } from "@weir/telemetry/process";
import { Agent } from "undici";
import type { Intake } from "../../intake.ts";
import type { PrometheusConfig } from "./config/prometheus-config.ts";
import type { Target } from "./config/target.ts";
import { TargetDiscovery } from "./config/target-discovery.ts";
import { SourceReports } from "./edges/source-reports.ts";
import type { PrometheusMeters } from "./prometheus-meters.ts";
import { Delivery } from "./scrape/delivery.ts";
import { FaultLog } from "./scrape/fault-log.ts";
import { RunningTargets } from "./scrape/running-targets.ts";
import type { TargetHealth } from "./scrape/target-health.ts";
import { TargetScraper } from "./scrape/target-scraper.ts";
import { SeriesBudget } from "./series/series-budget.ts";

export interface PrometheusReceiverSettings {
  readonly config: PrometheusConfig;
  readonly intake: Intake;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Logger;
  readonly meters: PrometheusMeters;
  /** Default 5 s: how often target files are looked at. */
  readonly refreshMs?: number;
}

export interface PrometheusReceiver {
  /** How every target fares, in the order of the configuration. */
  targets(): readonly TargetHealth[];
  /** Ends what is under way. What the intake has not taken by then is lost. */
  stop(): Promise<void>;
}

/**
 * Scrapes the data planes of other meshes, so that their services and the traffic between them appear on the map. A
 * target belongs to one collector: two that scrape it count it twice.
 */
export function startPrometheusReceiver(settings: PrometheusReceiverSettings): PrometheusReceiver {
  const { config, log, meters } = settings;
  const budget = new SeriesBudget(config.seriesLimit);
  // One connection a target, kept from one scrape to the next where intervals are shorter than this.
  const dispatcher = new Agent({ keepAliveTimeout: 90_000 });
  const fileFaults = new FaultLog(log);
  const targets = new RunningTargets(createScrapers({ ...settings, budget, dispatcher }));
  const discovery = new TargetDiscovery(config.jobs);
  meters.show({ targets: () => targets.health(), rememberedNumbers: () => budget.taken });

  const refresh = async (): Promise<void> => {
    try {
      const found = await discovery.read();
      fileFaults.noteAll(found.files.map(({ file, reason }) => ({ subject: file, reason })));
      if (!stopped) await targets.change(found.targets);
    } catch (error) {
      log.error({ err: error }, "targets could not be looked up; those there are go on");
    }
  };
  let stopped = false;
  let refreshing = refresh();
  const timer = discovery.canChange
    ? setInterval(() => {
        refreshing = refreshing.then(refresh);
      }, settings.refreshMs ?? 5000).unref()
    : undefined;
  return {
    targets: () => targets.health(),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await refreshing;
      await targets.change([]);
      await dispatcher.destroy();
    },
  };
}

type Shared = PrometheusReceiverSettings & {
  readonly budget: SeriesBudget;
  readonly dispatcher: Agent;
};

function createScrapers({ intake, log, meters, ...shared }: Shared): (target: Target) => TargetScraper {
  const sourceReports = new SourceReports();
  return (target) => {
    const faults = new FaultLog(log);
    const delivery = new Delivery({
      intake,
      onRejected: ({ rejected }) => meters.lostPoints.inc({ reason: "rejected" }, rejected),
      onFault(error) {
        meters.lostPoints.inc({ reason: "failed" });
        log.error({ err: error, target: target.url }, "what a target has counted could not be kept");
      },
    });
    return new TargetScraper({
      ...{ target, delivery, sourceReports },
      ...{ budget: shared.budget, dispatcher: shared.dispatcher, now: shared.now },
      onScraped(health, counts) {
        meters.scraped(health, counts);
        faults.note(health.url, health.error);
      },
    });
  };
}
