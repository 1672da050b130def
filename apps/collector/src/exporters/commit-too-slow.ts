/** The database answers, but these rows were not committed in the time that they were given. */
export class CommitTooSlow extends Error {
  readonly code = "COMMIT_TOO_SLOW";

  constructor(limitMs: number, options?: ErrorOptions) {
    super(`the commit took longer than ${limitMs / 1000} s`, options);
    this.name = "CommitTooSlow";
  }
}
