/** The database could not be brought to this release's schema; says which migration and what to do. */
export class MigrationFailed extends Error {
  readonly code = "MIGRATION_FAILED";
  readonly migration: string;

  constructor(migration: string, message: string, options?: ErrorOptions) {
    super(`migration ${migration}: ${message}`, options);
    this.name = "MigrationFailed";
    this.migration = migration;
  }
}
