/**
 * Writes the JSON Schemas that stand beside the code: `sidecar-config.schema.json` for people's editors, and
 * `src/control/snapshot.schema.json` for the check of snapshots. Run after a change of the schemas they come from:
 * `node packages/proxy/src/config/generate-schemas.ts`. A test compares them.
 */
import { writeFileSync } from "node:fs";
import { generatedSchemas } from "./generated-schemas.ts";

for (const { file, schema } of generatedSchemas())
  writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
