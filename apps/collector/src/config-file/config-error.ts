/** The command line or the environment is wrong; the message is one sentence and shows no secret. */
export class ConfigError extends Error {
  readonly code = "CONFIG";

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ConfigError";
  }
}
