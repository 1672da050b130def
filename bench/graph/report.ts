import { atLeast, atMost, type Judged } from "../shared/targets.ts";
import type { Drawer } from "./options.ts";
import type { MeshSize } from "./store-mesh.ts";
import { median, type Visit } from "./visit.ts";

export function printSize({ services, edges }: MeshSize): void {
  console.log(`\n${services.toLocaleString("en")} services, ${edges.toLocaleString("en")} edges`);
}

export function printHeadings(): void {
  printRow("frames/s (p95 ms)", ["drawn s", "pan", "zoom", "pan, near", "heap MB", "update ms"]);
}

export function printVisit(drawer: Drawer, visit: Visit | Error): void {
  if (visit instanceof Error) {
    console.log(`  ${drawer.padEnd(20)}${visit.message.split("\n", 1)[0]}`);
    return;
  }
  const gestures = [visit.panned, visit.zoomed, visit.pannedNear];
  printRow(`  ${drawer}`, [
    (visit.drawnMs / 1_000).toFixed(2),
    ...gestures.map(({ perSecond, p95Ms }) => `${perSecond.toFixed(1)} (${p95Ms.toFixed(1)})`),
    visit.heapMb.toFixed(0),
    median(visit.updatesMs)?.toFixed(0) ?? "",
  ]);
}

/** What the issue asks of the map, at the two sizes that it names. */
export function targetsOf({ services }: MeshSize, visit: Visit | Error | undefined): Judged[] {
  const known = visit instanceof Error ? undefined : visit;
  const slowest = (of: (frames: Visit["panned"]) => number, worst: (...values: number[]) => number) =>
    known && worst(...[known.panned, known.zoomed, known.pannedNear].map(of));
  const framesPerSecond = slowest(({ perSecond }) => perSecond, Math.min);
  if (services > 1_000) return [atLeast("frames a second, of the slowest gesture", framesPerSecond, 25)];
  return [
    atMost("seconds from navigation to the drawn map", known && known.drawnMs / 1_000, 3),
    atLeast("frames a second, of the slowest gesture", framesPerSecond, 50),
    atMost(
      "p95 frame of the slowest gesture, ms",
      slowest(({ p95Ms }) => p95Ms, Math.max),
      20,
    ),
    atMost("CPU of the page's thread, update of all edges, ms", known && median(known.updatesMs), 50),
  ];
}

function printRow(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(22) + cells.map((cell) => cell.padStart(14)).join(""));
}
