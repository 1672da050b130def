import { expect, test } from "vitest";
import { parse } from "yaml";
import { PrometheusConfig } from "./prometheus-config.ts";
import { targetsOf } from "./target.ts";

const targets = (yaml: string) =>
  PrometheusConfig.parse(parse(yaml)).jobs.flatMap((job) =>
    job.targets.flatMap((group) => targetsOf(job, group)),
  );

test("a configuration as Prometheus has it", () => {
  const config = PrometheusConfig.parse(
    parse(`
global: { scrape_interval: 15s }
scrape_configs:
  - job_name: istio
    scrape_interval: 1m30s
    metrics_path: /stats/prometheus
    static_configs:
      - targets: ["10.0.0.1:15020", "10.0.0.2:15020"]
        labels: { namespace: bookinfo }
  - job_name: federated
    honor_labels: true
    metrics_path: /federate
    scheme: https
    params: { "match[]": ['{job="linkerd-proxy"}', '{job="x"}'] }
    keep_other_metrics: true
    sample_limit: 5000
    file_sd_configs: [{ files: ["targets/*.json", a.yml] }, { files: [b.yaml] }]
`),
  );
  expect(config).toEqual({
    seriesLimit: 100_000,
    jobs: [
      {
        name: "istio",
        intervalMs: 90_000,
        timeoutMs: 10_000,
        scheme: "http",
        path: "/stats/prometheus",
        params: {},
        honorLabels: false,
        sampleLimit: 0,
        keepOtherMetrics: false,
        targets: [{ targets: ["10.0.0.1:15020", "10.0.0.2:15020"], labels: { namespace: "bookinfo" } }],
        files: [],
      },
      {
        name: "federated",
        intervalMs: 15_000,
        timeoutMs: 10_000,
        scheme: "https",
        path: "/federate",
        params: { "match[]": ['{job="linkerd-proxy"}', '{job="x"}'] },
        honorLabels: true,
        sampleLimit: 5000,
        keepOtherMetrics: true,
        targets: [],
        files: ["targets/*.json", "a.yml", "b.yaml"],
      },
    ],
  });
});

test("nothing at all scrapes nothing; an interval below the default timeout shortens it", () => {
  expect(PrometheusConfig.parse({})).toEqual({ seriesLimit: 100_000, jobs: [] });
  const { jobs } = PrometheusConfig.parse({ scrape_configs: [{ job_name: "a", scrape_interval: "500ms" }] });
  expect(jobs[0]).toMatchObject({ intervalMs: 500, timeoutMs: 500 });
});

test.each`
  yaml                                                                                             | says
  ${"scrape_configs: [{}]"}                                                                        | ${/job_name/}
  ${"scrape_configs: [{ job_name: a }, { job_name: a }]"}                                          | ${/a is there twice/}
  ${"scrape_configs: [{ job_name: a, scrape_interval: 5s, scrape_timeout: 6s }]"}                  | ${/must not be longer than the interval/}
  ${"scrape_configs: [{ job_name: a, scrape_interval: 0s }]"}                                      | ${/must be a millisecond at the least/}
  ${"scrape_configs: [{ job_name: a, scrape_interval: 5 s }]"}                                     | ${/must be a duration/}
  ${"scrape_configs: [{ job_name: a, metrics_path: metrics }]"}                                    | ${/metrics_path/}
  ${"scrape_configs: [{ job_name: a, relabel_configs: [] }]"}                                      | ${/relabel_configs/}
  ${"scrape_configs: [{ job_name: a, static_configs: [{ targets: ['http://x:1/m'] }] }]"}          | ${/must be host:port/}
  ${"scrape_configs: [{ job_name: a, static_configs: [{ targets: ['a b'] }] }]"}                   | ${/must be host:port/}
  ${"scrape_configs: [{ job_name: a, static_configs: [{ targets: [x], labels: { 'a-b': c } }] }]"} | ${/is no label name/}
  ${"scrape_configs: [{ job_name: a, file_sd_configs: [{ files: ['*/a.json'] }] }]"}               | ${/with \* in its last part only/}
  ${"scrape_configs: [{ job_name: a, file_sd_configs: [{ files: [a.txt] }] }]"}                    | ${/must end in/}
`("$yaml is refused", ({ yaml, says }) => {
  expect(() => PrometheusConfig.parse(parse(yaml))).toThrow(says);
});

test("targets have a URL, their labels, and what Prometheus' own labels say", () => {
  const found = targets(`
scrape_configs:
  - job_name: mesh
    params: { a: ["1"] }
    static_configs:
      - targets: ["10.0.0.1:15020", "[::1]:80"]
        labels: { namespace: shop, __meta_kubernetes_pod: x }
      - targets: [web]
        labels: { job: other, instance: web-1, __scheme__: https, __metrics_path__: /m, __param_b: "2" }
`);
  expect(found.map(({ url, instance, labels }) => [url, instance, Object.fromEntries(labels)])).toEqual([
    [
      "http://10.0.0.1:15020/metrics?a=1",
      "10.0.0.1:15020",
      { job: "mesh", instance: "10.0.0.1:15020", namespace: "shop" },
    ],
    ["http://[::1]/metrics?a=1", "[::1]:80", { job: "mesh", instance: "[::1]:80", namespace: "shop" }],
    ["https://web/m?a=1&b=2", "web-1", { job: "other", instance: "web-1" }],
  ]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(3);
});
