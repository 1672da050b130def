import { fileURLToPath } from "node:url";
import { z } from "zod";
import { CollectorFile } from "../config-file.ts";

/** The published JSON Schema of a collector's file: where it stands, and what it must hold. */
export function generatedSchema(): { readonly file: string; readonly schema: object } {
  return {
    file: fileURLToPath(new URL("../../collector-config.schema.json", import.meta.url)),
    schema: {
      ...z.toJSONSchema(CollectorFile, { io: "input" }),
      title: "Configuration of a Weir collector",
    },
  };
}
