import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Name, parseOrThrow, Version } from "@weir/domain";
import { parse } from "yaml";
import { z } from "zod";

/** What the supervisor needs of `shop.yaml`; the rest is for other readers. */
const ShopFile = z.object({
  workloads: z.array(
    z.object({
      service: Name,
      version: Version,
      namespace: Name,
      entry: z.string().min(1),
      public: z.boolean().default(false),
      stable: z.boolean().default(true),
    }),
  ),
  loadgen: z.object({ entry: z.string().min(1), rate: z.number().min(0) }),
});

export interface ShopWorkload {
  readonly service: string;
  readonly version: string;
  readonly namespace: string;
  /** Absolute. */
  readonly entry: string;
  /** Reached by people: its sidecar listens on the shop's well-known port. */
  readonly public: boolean;
  /** Its version is to be the service's stable one: it registers before those that are not. */
  readonly stable: boolean;
}

export interface Shop {
  readonly workloads: readonly ShopWorkload[];
  readonly loadgen: { readonly entry: string; readonly rate: number };
}

/** Reads what the shop consists of; its programs are run, never imported. Throws a ValidationError that names the key. */
export function readShop(file: string): Shop {
  const shop = parseOrThrow(ShopFile, parse(readFileSync(file, "utf8")), file);
  const entryOf = (entry: string) => resolve(dirname(file), entry);
  return {
    workloads: shop.workloads.map((workload) => ({ ...workload, entry: entryOf(workload.entry) })),
    loadgen: { ...shop.loadgen, entry: entryOf(shop.loadgen.entry) },
  };
}
