/** Envoy's response flags in words; RBAC is Weir's own. */
const words: Readonly<Record<string, string>> = {
  NR: "no route",
  UH: "no healthy endpoint",
  UF: "no connection to the upstream",
  UC: "the upstream ended the connection",
  UT: "the upstream took too long",
  UO: "the circuit breaker was open",
  URX: "tried as often as allowed",
  RL: "refused by a rate limit",
  DC: "the caller went away",
  DI: "delayed by a fault policy",
  FI: "aborted by a fault policy",
  DPE: "the caller's bytes made no sense",
  UPE: "the upstream's bytes made no sense",
  RBAC: "refused by an authorization policy",
};

export function flagWords(flag: string): string {
  return words[flag] ?? "no explanation known";
}
