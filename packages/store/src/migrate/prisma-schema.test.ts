import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createTestDatabase } from "@weir/testkit";
import { expect, test } from "vitest";
import { openSql } from "../connection/open-sql.ts";
import { migrationsDir } from "./migration-files.ts";

/** Postgres' names of Prisma's types, as far as the schema uses them. */
const types: Readonly<Record<string, string>> = {
  Int: "int4",
  String: "text",
  Boolean: "bool",
  DateTime: "timestamptz",
  Json: "jsonb",
  "String[]": "_text",
};

test("the SQL makes the tables and columns that schema.prisma describes", async () => {
  const described = parseSchema(await readFile(join(migrationsDir, "..", "schema.prisma"), "utf8"));
  const database = await createTestDatabase();
  const sql = openSql(database.databaseUrl, { applicationName: "test", max: 1 });
  const tables = [...new Set(described.map(({ table }) => table))];
  const found = await sql`
    SELECT table_name AS table, column_name AS column, udt_name AS type,
      is_nullable = 'YES' AND udt_name <> '_text' AS nullable
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY(${tables})
    ORDER BY table_name, column_name`;
  await sql.end();
  await database.drop();
  expect(tables.length).toBeGreaterThan(5);
  expect([...found]).toEqual(described);
});

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Fields of scalar types; the others are relations, which have no column. */
function parseSchema(schema: string): Column[] {
  const columns: Column[] = [];
  for (const [, , body = ""] of schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? "";
    for (const [, name = "", type = "", optional, rest = ""] of body.matchAll(
      /^ {2}(\w+) +(\w+(?:\[\])?)(\?)?(.*)$/gm,
    )) {
      const known = types[type];
      const column = /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name;
      if (known) columns.push({ table, column, type: known, nullable: optional === "?" });
    }
  }
  const key = ({ table, column }: Column) => `${table}.${column}`;
  return columns.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
