/**
 * The reason of a decision beside a word that says already what was decided: why alone. Reasons are whole sentences, for they stand
 * alone as well, in the audit and where somebody is told.
 */
export function whyOf(reason: string): string {
  return reason.replace(/^(?:taken back|kept|paused|approved|promoted)[.:]? (?=\S)/, "");
}
