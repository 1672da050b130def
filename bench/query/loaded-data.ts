import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a database was filled with. */
export interface LoadedData {
  readonly traces: number;
  readonly services: number;
  readonly edges: number;
  readonly days: number;
  /** The end of an hour, milliseconds since 1970: for all questions this is now. */
  readonly untilMs: number;
}

const fileName = "load.json";

/** What the database in `dir` was filled with; undefined where it was not, or not to the end. */
export function readLoadedData(dir: string): LoadedData | undefined {
  const file = join(dir, fileName);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as LoadedData) : undefined;
}

export function writeLoadedData(dir: string, data: LoadedData): void {
  writeFileSync(join(dir, fileName), `${JSON.stringify(data)}\n`);
}
