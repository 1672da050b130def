import type { Snapshot } from "@weir/domain";
import { SnapshotRefused } from "../mesh/snapshot-refused.ts";
import { compileSchema, type JsonSchema, type SchemaCheck } from "./check-schema.ts";
import schema from "./snapshot.schema.json" with { type: "json" };

/**
 * Checks a snapshot from the controller or from disk against domain's schema, in the form in which that schema is
 * generated as JSON. zod itself is not loaded: it would stay in memory for a check that runs a few times an hour.
 */
export class SnapshotParser {
  readonly #check: SchemaCheck = compileSchema(schema as JsonSchema);

  /** Throws SnapshotRefused with the path of what is wrong. */
  parse(value: unknown): Snapshot {
    const problem = this.#check(value, "snapshot");
    if (problem !== undefined) throw new SnapshotRefused(problem);
    return value as Snapshot;
  }
}
