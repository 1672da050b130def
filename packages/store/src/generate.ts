import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/**
 * Generates the Prisma client into `src/generated`, unless the one there is of this schema and this Prisma
 * already. Stands alone (imports nothing that needs the client), so that a bootstrap can run it first:
 * `node packages/store/src/generate.ts`.
 */
export async function generate(): Promise<"generated" | "current"> {
  const repository = join(import.meta.dirname, "..", "..", "..");
  const schema = join(repository, "prisma", "schema.prisma");
  const manifest = createRequire(import.meta.url).resolve("prisma/package.json");
  const stampFile = join(import.meta.dirname, "generated", "made-from");
  const made = createHash("sha256")
    .update(await readFile(schema))
    .update(await readFile(manifest))
    .digest("hex");
  if ((await readFile(stampFile, "utf8").catch(() => "")) === made) return "current";
  await promisify(execFile)(
    process.execPath,
    [join(dirname(manifest), "build", "index.js"), "generate", "--schema", schema],
    {
      cwd: repository,
      // Generating needs no engine, but its command line downloads one unless this names an executable.
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
    },
  );
  await writeFile(stampFile, made);
  return "generated";
}

if (import.meta.main) {
  const startedAt = performance.now();
  const done = await generate();
  const ms = Math.round(performance.now() - startedAt);
  process.stdout.write(
    done === "current" ? "Prisma client is current\n" : `Prisma client generated in ${ms} ms\n`,
  );
}
