/** The embedded Postgres cannot run here; one sentence that says why and what helps. */
export class EmbeddedPostgresFailed extends Error {
  readonly code = "EMBEDDED_POSTGRES_FAILED";

  constructor(message: string, options?: ErrorOptions) {
    super(`the embedded Postgres cannot start: ${message}`, options);
    this.name = "EmbeddedPostgresFailed";
  }
}
