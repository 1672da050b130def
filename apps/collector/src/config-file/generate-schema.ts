/**
 * Writes `collector-config.schema.json`, for people's editors. Run after a change of the schemas it comes from:
 * `node apps/collector/src/config-file/generate-schema.ts`. A test compares them.
 */
import { writeFileSync } from "node:fs";
import { generatedSchema } from "./generated-schema.ts";

const { file, schema } = generatedSchema();
writeFileSync(file, `${JSON.stringify(schema, undefined, 2)}\n`);
