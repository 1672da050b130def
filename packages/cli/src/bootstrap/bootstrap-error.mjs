/** A bootstrap that cannot go on. The message is one sentence for whoever typed the command. */
export class BootstrapError extends Error {
  code = "BOOTSTRAP";

  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.name = "BootstrapError";
    this.exitCode = exitCode;
  }
}
