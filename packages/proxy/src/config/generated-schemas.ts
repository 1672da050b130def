import { fileURLToPath } from "node:url";
import { Snapshot } from "@weir/domain";
import { z } from "zod";
import { SidecarConfig } from "./sidecar-config.ts";

/** The generated files of this package, with what they must hold. */
export function generatedSchemas(): { file: string; schema: object }[] {
  return [
    {
      file: fileURLToPath(new URL("../../sidecar-config.schema.json", import.meta.url)),
      schema: {
        ...z.toJSONSchema(SidecarConfig, { io: "input" }),
        title: "Configuration of a Weir sidecar",
      },
    },
    {
      file: fileURLToPath(new URL("../control/snapshot.schema.json", import.meta.url)),
      schema: z.toJSONSchema(Snapshot, { io: "output", override: withoutWords }),
    },
  ];
}

/** What is for people's eyes takes room in every sidecar, and checks nothing. */
function withoutWords({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  delete jsonSchema.title;
  delete jsonSchema.description;
  delete jsonSchema.examples;
}
