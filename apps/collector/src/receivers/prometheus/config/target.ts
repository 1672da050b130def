import type { ScrapeJob } from "./prometheus-config.ts";
import type { TargetGroup } from "./target-group.ts";

/** One endpoint to scrape. */
export interface Target {
  readonly job: ScrapeJob;
  readonly url: string;
  /** Of each of its series: those of the configuration, `job` and `instance`. */
  readonly labels: ReadonlyMap<string, string>;
  readonly instance: string;
  /** The same for as long as nothing of the target changes. */
  readonly key: string;
}

/**
 * The targets of a group. Labels that begin with `__` are Prometheus' own and end here: scheme, path and parameters
 * of a target are taken from them, all others are dropped (Prometheus: relabel_config).
 */
export function targetsOf(job: ScrapeJob, { targets, labels }: TargetGroup): Target[] {
  const plain = Object.entries(labels).filter(([name]) => !name.startsWith("__"));
  return targets.map((address) => {
    const url = new URL(`${labels.__scheme__ ?? job.scheme}://${address}`);
    url.pathname = labels.__metrics_path__ ?? job.path;
    for (const [name, values] of Object.entries(job.params))
      for (const value of values) url.searchParams.append(name, value);
    for (const [name, value] of Object.entries(labels))
      if (name.startsWith("__param_")) url.searchParams.set(name.slice("__param_".length), value);
    const merged = new Map([["job", job.name], ["instance", address], ...plain]);
    return {
      job,
      url: url.href,
      labels: merged,
      instance: merged.get("instance") ?? address,
      key: JSON.stringify([job.name, url.href, [...merged].sort()]),
    };
  });
}
