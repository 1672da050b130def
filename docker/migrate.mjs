// Brings the database of DATABASE_URL to this release's schema: what the one-shot service `migrate` runs.
import { migrate } from "@weir/store";

const databaseUrl = process.env.DATABASE_URL;
if (!databaseUrl) {
  console.error(
    "DATABASE_URL is not set; it must be a Postgres URL such as postgres://user@postgres:5432/weir",
  );
  process.exit(1);
}
try {
  const { applied } = await migrate(databaseUrl, {
    onMigration: (name, ms) => console.log(`${name} applied in ${Math.round(ms)} ms`),
  });
  console.log(applied.length === 0 ? "the schema is current" : `${applied.length} migrations applied`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
