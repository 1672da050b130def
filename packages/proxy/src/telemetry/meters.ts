import type { TunnelMeter } from "../tcp/tunnels.ts";
import { Counter, type CounterReport, Distribution, type DistributionReport, escaped } from "./counters.ts";

/** A value read when it is asked for. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
  /** All workers see the same: the sum over them would be a multiple of it. */
  readonly common?: boolean;
}

/** What one thread counted, as it is posted to another. */
export interface MetersReport {
  readonly counters: readonly CounterReport[];
  readonly overhead: DistributionReport;
  readonly inFlight: number;
  readonly openTunnels: number;
  readonly gauges: readonly (Omit<Gauge, "read"> & { readonly value: number })[];
}

/**
 * What a sidecar says of itself on `/metrics`, in Prometheus text. Written here: prom-client brings node:http
 * along, and the two are 13 MiB in a process that is wanted at 65.
 */
export class Meters implements TunnelMeter {
  readonly requests = new Counter(
    "weir_proxy_requests_total",
    "Requests answered, by edge, status and Envoy's response flag.",
    ["direction", "destination", "version", "status", "flag"],
  );
  readonly parseRejects = new Counter(
    "weir_proxy_parse_rejects_total",
    "Messages and connections refused because they break a rule of HTTP.",
    ["reason"],
  );
  readonly telemetryDropped = new Counter(
    "weir_proxy_telemetry_dropped_total",
    "Spans, log records and data points that never reached the collector.",
    ["signal", "reason"],
  );
  readonly snapshots = new Counter("weir_proxy_snapshots_total", "Snapshots received.", ["outcome"]);
  readonly ejections = new Counter(
    "weir_proxy_ejections_total",
    "Endpoints ejected by outlier detection, observed ones included, and returned ones.",
    ["destination", "reason"],
  );
  readonly mirrored = new Counter(
    "weir_proxy_mirrored_total",
    "Copies of requests for mirroring policies, by what became of them.",
    ["destination", "version", "outcome"],
  );
  readonly tunnelsOpened = new Counter(
    "weir_proxy_tcp_connections_total",
    "Connections passed on as bytes: TCP, and those that were upgraded out of HTTP.",
    ["kind"],
  );
  readonly tunnelled = new Counter(
    "weir_proxy_tcp_bytes_total",
    "Bytes of such connections, as they pass: sent to upstreams, received from them.",
    ["way"],
  );
  readonly workerRestarts = new Counter(
    "weir_proxy_worker_restarts_total",
    "Workers that were started in place of one that ended.",
  );
  readonly overhead = new Distribution(
    "weir_proxy_overhead_seconds",
    "Time of a request that was not spent on its upstream.",
    [0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 1],
  );
  inFlight = 0;
  openTunnels = 0;
  readonly #gauges: Gauge[] = [];

  tunnelOpened(kind: "tcp" | "upgrade"): void {
    this.tunnelsOpened.add(1, kind);
  }

  tunnelBytes(way: "sent" | "received", bytes: number): void {
    this.tunnelled.add(bytes, way);
  }

  gauge(name: string, help: string, read: () => number, common = false): void {
    this.#gauges.push({ name, help, read, common });
  }

  /** Prometheus text format 0.0.4. */
  text(process: string, snapshotVersion: string): string {
    const lines: string[] = [];
    for (const counter of this.#counters())
      lines.push(...described(counter, "counter"), ...counter.samples());
    lines.push(...described(this.overhead, "histogram"), ...this.overhead.samples());
    for (const gauge of [...this.#own(), ...this.#gauges])
      lines.push(...described(gauge, "gauge"), `${gauge.name} ${gauge.read()}`);
    const info = { name: "weir_proxy_snapshot_info", help: "The snapshot in force." };
    lines.push(...described(info, "gauge"), `${info.name}{version="${escaped(snapshotVersion)}"} 1`);
    const named = { name: "weir_process_info", help: "Which process of Weir this is." };
    lines.push(...described(named, "gauge"), `${named.name}{process="${escaped(process)}"} 1`);
    return `${lines.join("\n")}\n`;
  }

  /** All that was counted here, as plain data. */
  report(): MetersReport {
    return {
      counters: this.#counters().map((counter) => counter.report()),
      overhead: this.overhead.report(),
      inFlight: this.inFlight,
      openTunnels: this.openTunnels,
      gauges: this.#gauges.map(({ read, ...gauge }) => ({ ...gauge, value: read() })),
    };
  }

  /** Adds what another thread counted. */
  merge(report: MetersReport): void {
    for (const [i, counter] of this.#counters().entries()) counter.merge(report.counters[i] ?? []);
    this.overhead.merge(report.overhead);
    this.inFlight += report.inFlight;
    this.openTunnels += report.openTunnels;
    for (const { value, ...gauge } of report.gauges) {
      const at = this.#gauges.findIndex(({ name }) => name === gauge.name);
      const before = this.#gauges[at]?.read() ?? 0;
      const both = gauge.common ? Math.max(before, value) : before + value;
      this.#gauges.splice(at < 0 ? this.#gauges.length : at, at < 0 ? 0 : 1, { ...gauge, read: () => both });
    }
  }

  #counters(): Counter[] {
    return [
      this.requests,
      this.parseRejects,
      this.telemetryDropped,
      this.snapshots,
      this.ejections,
      this.mirrored,
      this.tunnelsOpened,
      this.tunnelled,
      this.workerRestarts,
    ];
  }

  #own(): Gauge[] {
    const { user, system } = process.cpuUsage();
    const started = Math.round(Date.now() / 1000 - process.uptime());
    return [
      { name: "weir_proxy_requests_in_flight", help: "Requests under way.", read: () => this.inFlight },
      {
        name: "weir_proxy_tcp_connections",
        help: "Connections that are passed on as bytes now.",
        read: () => this.openTunnels,
      },
      {
        name: "process_resident_memory_bytes",
        help: "Resident memory.",
        read: () => process.memoryUsage.rss(),
      },
      { name: "process_cpu_seconds_total", help: "CPU time.", read: () => (user + system) / 1e6 },
      { name: "process_start_time_seconds", help: "Start since 1970.", read: () => started },
    ];
  }
}

function described({ name, help }: { name: string; help: string }, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}
