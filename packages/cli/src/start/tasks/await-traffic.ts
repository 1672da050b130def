import { setTimeout as sleep } from "node:timers/promises";
import { openSql, topology } from "@weir/store";
import { readConfig } from "../../config.ts";
import { answerTask } from "./answer-task.ts";

const pollMs = 250;
const windowMs = 60_000;
const patienceMs = 60_000;

export interface AwaitedTraffic {
  /** False: nothing came for a minute, and waiting longer would hide that. */
  readonly seen: boolean;
}

/** Waits until the map would show an edge that was measured after this start, a minute at most. */
async function awaitTraffic(): Promise<AwaitedTraffic> {
  const sql = openSql(readConfig().databaseUrl ?? "", { applicationName: "weir-start", max: 1 });
  const startedMs = Date.now();
  try {
    for (let now = startedMs; now - startedMs < patienceMs; now = Date.now()) {
      const fromMs = Math.max(startedMs, now - windowMs);
      const { edges } = await topology(sql, { fromMs, toMs: now + windowMs });
      if (edges.length > 0) return { seen: true };
      await sleep(pollMs);
    }
    return { seen: false };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

await answerTask(awaitTraffic);
