import type { Sql } from "@weir/store";
import { type LoadedData, readLoadedData, writeLoadedData } from "./loaded-data.ts";
import { prepareData } from "./prepare-data.ts";

/** Fills the database that stands in `dir`, unless an earlier run did, and tells with what it is filled. Takes minutes. */
export async function loadOnce(
  sql: Sql,
  dir: string,
  size: Omit<LoadedData, "untilMs">,
): Promise<LoadedData> {
  const known = readLoadedData(dir);
  if (known) return known;
  const data = await prepareData(sql, size, Date.now(), console.log);
  writeLoadedData(dir, data);
  return data;
}
