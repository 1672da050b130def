import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { interactions } from "./interaction/interactions.ts";
import { observeInteractions, slowestOf } from "./interaction/observe-interactions.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { quantile } from "./shared/quantile.ts";
import { resultLine } from "./shared/result-line.ts";
import { atMost, printTargets } from "./shared/targets.ts";

/**
 * How long the console of a demo that runs (`npm start`) takes from a key or a click to the next paint, in Chromium, as the
 * Event Timing API tells it. Each figure is of the slowest event of an interaction. Linux only (it reads /proc).
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:3000" },
    runs: { type: "string", default: "10" },
  },
});
const runs = Number(values.runs);
const wantedMs = 200;
const systemChromium = "/usr/bin/chromium";
const browser = await chromium.launch({
  ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  const page = await browser.newPage({ baseURL: values.url, viewport: { width: 1440, height: 900 } });
  await observeInteractions(page);
  const measured = new Map<string, number[]>(interactions.map(({ name }) => [name, []]));
  const { share } = await withMachineShare(async () => {
    for (let run = 0; run < runs; run++)
      for (const { name, prepare, act } of interactions) {
        await prepare(page);
        measured.get(name)?.push(await slowestOf(page, () => act(page)));
      }
  });
  const rows = [...measured].map(([name, ms]) => ({ name, p50: quantile(ms, 0.5), worst: Math.max(...ms) }));
  for (const { name, p50, worst } of rows)
    console.log(`${name.padEnd(36)}${`${p50} ms`.padStart(10)}${`${worst} ms`.padStart(10)}`);
  console.log(`other programs took ${(share.others * 100).toFixed(0)} % of the machine's cores meanwhile`);
  printTargets(rows.map(({ name, p50 }) => atMost(`${name}, ms to the next paint`, p50, wantedMs)));
  console.log(resultLine("interaction", { runs, share, measured: rows }));
} finally {
  await browser.close();
}
