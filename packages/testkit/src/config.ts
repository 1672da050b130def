/** A Postgres to use instead of an embedded one, by a user who may create databases; they are dropped again. */
export const testDatabaseUrl: string | undefined = process.env.WEIR_TEST_DATABASE_URL || undefined;
