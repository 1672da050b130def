import { setTimeout as sleep } from "node:timers/promises";
import { openSql, topology } from "@weir/store";
import { readConfig } from "../../config.ts";
import { answerTask } from "./answer-task.ts";

const pollMs = 250;
const windowMs = 60_000;

/** Waits until the map would show an edge that was measured after this start. */
async function awaitTraffic(): Promise<void> {
  const sql = openSql(readConfig().databaseUrl ?? "", { applicationName: "weir-start", max: 1 });
  const startedMs = Date.now();
  try {
    for (;;) {
      const now = Date.now();
      const fromMs = Math.max(startedMs, now - windowMs);
      const { edges } = await topology(sql, { fromMs, toMs: now + windowMs });
      if (edges.length > 0) return;
      await sleep(pollMs);
    }
  } finally {
    await sql.end({ timeout: 1 });
  }
}

await answerTask(awaitTraffic);
