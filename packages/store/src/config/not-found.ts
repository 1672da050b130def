/** What was asked for does not exist. */
export class NotFound extends Error {
  readonly code = "NOT_FOUND";

  constructor(what: string) {
    super(`there is no ${what}`);
    this.name = "NotFound";
  }
}
