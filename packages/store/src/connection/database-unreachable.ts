/** What stands between us and the database; `lost` is a connection that was there and broke. */
export type UnreachableReason =
  | "invalid-url"
  | "refused"
  | "timeout"
  | "authentication"
  | "no-database"
  | "not-postgres"
  | "too-old"
  | "unavailable"
  | "lost";

/** The database cannot be used now. One sentence for people; never holds the password. Worth a retry when `retryable`. */
export class DatabaseUnreachable extends Error {
  readonly code = "DATABASE_UNREACHABLE";
  readonly reason: UnreachableReason;

  constructor(reason: UnreachableReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DatabaseUnreachable";
    this.reason = reason;
  }

  /** Waiting may help; a wrong URL, password or server needs somebody to act. */
  get retryable(): boolean {
    return ["refused", "timeout", "unavailable", "lost"].includes(this.reason);
  }
}
