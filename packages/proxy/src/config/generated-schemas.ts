import { fileURLToPath } from "node:url";
import { Snapshot } from "@weir/domain";
import { z } from "zod";
import { SidecarConfig } from "./sidecar-config.ts";

/** The generated files of this package, with the text they must have. */
export function generatedSchemas(): { file: string; text: string }[] {
  return [
    {
      file: fileURLToPath(new URL("../../sidecar-config.schema.json", import.meta.url)),
      text: textOf({
        ...z.toJSONSchema(SidecarConfig, { io: "input" }),
        title: "Configuration of a Weir sidecar",
      }),
    },
    {
      file: fileURLToPath(new URL("../control/snapshot.schema.json", import.meta.url)),
      text: textOf(z.toJSONSchema(Snapshot, { io: "output" })),
    },
  ];
}

function textOf(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
