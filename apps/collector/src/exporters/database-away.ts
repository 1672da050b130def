/** Nothing can be committed now; the sender should come again. */
export class DatabaseAway extends Error {
  readonly code = "DATABASE_AWAY";

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = "DatabaseAway";
  }
}
