import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSql } from "@weir/store";
import { decodeTraces } from "@weir/telemetry/otlp";
import { createLogger } from "@weir/telemetry/process";
import { openSpool } from "../../spool/open-spool.ts";

/** Ids of all spans in the database, each as often as it is there. */
export async function committedIds(databaseUrl: string): Promise<string[]> {
  const sql = openSql(databaseUrl, { applicationName: "durability-test", max: 1 });
  try {
    const rows = await sql<{ id: string }[]>`SELECT lpad(to_hex(span_id), 16, '0') AS id FROM span`;
    return rows.map(({ id }) => id);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Ids of the spans that wait in a spool, read from a copy of its directory, by the collector's own reader. */
export async function spooledIds(spoolDirectory: string): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), "weir-spool-copy-"));
  const directory = join(root, "spool");
  cpSync(spoolDirectory, directory, { recursive: true });
  const log = createLogger("collector", "silent");
  const spool = await openSpool({ directory, maxBytes: 2 ** 40, log });
  try {
    const requests = await spool.read({
      bytes: Number.POSITIVE_INFINITY,
      requests: Number.POSITIVE_INFINITY,
    });
    return requests.flatMap(({ body, encoding }) =>
      decodeTraces(body, encoding).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => spanId)),
      ),
    );
  } finally {
    await spool.close();
    rmSync(root, { recursive: true, force: true });
  }
}
