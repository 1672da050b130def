import type { Progress } from "./callers-process.ts";
import type { Controller } from "./controller.ts";
import type { MemoryWatch } from "./memory-watch.ts";

/** More than this over the warm memory is a leak. */
const allowedGrowth = 0.1;

export function printMinute(seconds: number, progress: Progress, mb: number, controller: Controller): void {
  const { requests, wrong } = progress;
  console.log(
    [
      `${(seconds / 60).toFixed(1)} min`.padStart(9),
      `${requests.toLocaleString("en")} requests`.padStart(20),
      `${Math.round(requests / seconds)}/s`.padStart(9),
      `${wrong} wrong`.padStart(12),
      `${controller.accepted} swaps`.padStart(12),
      `${mb.toFixed(1)} MB`.padStart(11),
    ].join(""),
  );
}

/** Prints how requests ended, the verdict, and a line of JSON. True when all held. */
export function printVerdict(progress: Progress, memory: MemoryWatch, controller: Controller): boolean {
  const { outcomes, wrong, examples } = progress;
  console.log();
  for (const [name, count] of Object.entries(outcomes).sort())
    console.log(`  ${name.padEnd(40)}${count.toLocaleString("en").padStart(12)}`);
  for (const example of examples) console.log(`  ${example}`);
  for (const reason of new Set(controller.refused)) console.log(`  a snapshot was refused: ${reason}`);
  const { warmMb, endMb } = memory;
  const growth = endMb / warmMb - 1;
  const steady = growth <= allowedGrowth;
  const passed = steady && wrong === 0 && controller.refused.length === 0;
  console.log(
    `\nmemory warm ${warmMb.toFixed(1)} MB, at the end ${endMb.toFixed(1)} MB (${(growth * 100).toFixed(1)} %): ` +
      `${steady ? "pass" : "MISS"}; ${wrong} requests ended wrongly; ${controller.accepted} snapshots swapped, ` +
      `${controller.refused.length} refused: ${passed ? "PASS" : "FAIL"}`,
  );
  const { requests } = progress;
  const swaps = { accepted: controller.accepted, refused: controller.refused.length };
  console.log(
    JSON.stringify({ benchmark: "soak", requests, wrong, warmMb, endMb, growth, swaps, outcomes, passed }),
  );
  return passed;
}
