/**
 * The reason npm gives for a failure, as one sentence: its error lines without prefix, without the hints about
 * log files and without stack traces.
 *
 * @param {string} output what npm wrote
 */
export function reasonOfNpm(output) {
  const lines = output
    .split("\n")
    .filter((line) => /^npm (error|ERR!)/.test(line))
    .map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim())
    .filter(
      (line) =>
        line !== "" && !/^(A complete log|at |Log files|in a way|path |dest |command |syscall )/.test(line),
    );
  if (lines.length === 0) return lastLine(output) || "it said nothing about why";
  return lines.slice(0, 4).join("; ");
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split("\n").at(-1)?.trim();
}
