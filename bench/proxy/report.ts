import { resultLine } from "../shared/result-line.ts";
import { printTargets } from "../shared/targets.ts";
import { requestsPerSecond } from "./measure/latency.ts";
import { type ByPeer, figure, type Results } from "./results.ts";
import { judge } from "./targets.ts";

type Column<T> = readonly [heading: string, cell: (figures: T) => string];

/** Prints the tables, what must be known to read them, and last one line of JSON. */
export function report(results: Results, remarks: readonly string[]): void {
  const failures: string[] = [];
  printThroughput(results, failures);
  print(`Small answers at ${requestsPerSecond} requests/s, ms`, results.latency, failures, [
    ["p50", ({ p50Us }) => ms(p50Us)],
    ["p99", ({ p99Us }) => ms(p99Us)],
    ["added p50", ({ addedP50Us }) => ms(addedP50Us)],
    ["added p99", ({ addedP99Us }) => ms(addedP99Us)],
  ]);
  print("Resident memory, MB", results.memory, failures, [
    ["idle", ({ idleMb }) => idleMb.toFixed(0)],
    ["0 conn.", ({ with0Mb }) => with0Mb.toFixed(0)],
    ["100", ({ with100Mb }) => with100Mb.toFixed(0)],
    ["1,000", ({ with1000Mb }) => with1000Mb.toFixed(0)],
    ["KB a conn.", ({ connectionKb }) => connectionKb.toFixed(0)],
  ]);
  const ten = figure(results.growth, "10 policies")?.cpuUs;
  print("Weir with more to hold", results.growth, failures, [
    ["CPU us", ({ cpuUs }) => cpuUs.toFixed(1)],
    ["over ten", ({ cpuUs }) => (ten === undefined ? "" : `${((cpuUs / ten - 1) * 100).toFixed(0)} %`)],
    ["MB", ({ residentMb }) => residentMb.toFixed(0)],
  ]);
  const judged = judge(results);
  printTargets(judged);
  for (const line of [...failures, ...remarks]) console.log(line);
  console.log(resultLine("proxy", { ...results, targets: judged, remarks }));
}

function printThroughput({ throughput }: Results, failures: string[]): void {
  for (const [name, peers] of throughput) {
    const haproxy = figure(peers, "haproxy")?.cpuUs;
    print(name, peers, failures, [
      ["CPU us", ({ cpuUs }) => cpuUs.toFixed(1)],
      ["x HAProxy", ({ cpuUs }) => (haproxy === undefined ? "" : (cpuUs / haproxy).toFixed(2))],
      ["requests/s", ({ requestsPerSecond: rate }) => rate.toFixed(0)],
      ["MiB/s", ({ mibPerSecond }) => mibPerSecond.toFixed(1)],
    ]);
  }
}

function print<T>(
  title: string,
  peers: ByPeer<T> | undefined,
  failures: string[],
  columns: readonly Column<T>[],
): void {
  if (peers === undefined || peers.size === 0) return;
  console.log(
    row(
      title,
      columns.map(([heading]) => heading),
    ),
  );
  for (const [name, figures] of peers)
    if (figures instanceof Error) {
      console.log(
        row(
          `  ${name}`,
          columns.map(() => "-"),
        ),
      );
      failures.push(`${name} could not do "${title}": ${figures.message.split("\r\n")[0]}`);
    } else
      console.log(
        row(
          `  ${name}`,
          columns.map(([, cell]) => cell(figures)),
        ),
      );
  console.log();
}

function row(first: string, cells: readonly string[]): string {
  return first.padEnd(34) + cells.map((cell) => cell.padStart(12)).join("");
}

function ms(microseconds: number): string {
  return (microseconds / 1000).toFixed(3);
}
