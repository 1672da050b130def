import type { Severity } from "./finding.ts";

interface Entry {
  readonly severity: Severity;
  /** When it is said, for the documentation; the finding itself says it of the case at hand. */
  readonly when: string;
  /** What to do about it. */
  readonly fix: string;
}

const error = (when: string, fix: string): Entry => ({ severity: "error", when, fix });
const info = (when: string, fix: string): Entry => ({ severity: "info", when, fix });
const warning = (when: string, fix: string): Entry => ({ severity: "warning", when, fix });

/** What is wrong with the form of something entered: codes of zod's issues, and of our own refinements. */
const ofTheForm = {
  "not-yaml": error("the text cannot be parsed", "Correct the YAML at this place."),
  "too-long": error("the text is longer than is read", "Divide the text."),
  "empty-text": error("the text holds no policy", "Write a policy."),
  "not-storable": error(
    "the text has a zero byte, or half of a surrogate pair, which the database cannot keep",
    "Remove the character.",
  ),
  "several-policies": error(
    "the text holds more than one policy where one is asked for",
    "Keep one of them; import or apply the file to save them all.",
  ),
  "policy-twice": error("a text holds a policy of one name twice", "Keep one of the two."),
  unrecognized_keys: error("a member that does not exist", "Remove it, or correct its spelling."),
  invalid_type: error("a member is missing, or of another type", "Write a value of the type that it names."),
  invalid_value: error("a value that is none of those possible", "Use one of the values that it names."),
  invalid_format: error("a text of another form", "Write it in the form that it names."),
  invalid_union: error(
    "members that do not go together, or too few of them",
    "Keep one of those that it names.",
  ),
  too_small: error("a number too small, or a text or list too short", "Raise it to the least that it names."),
  too_big: error("a number too big, or a text or list too long", "Lower it to the most that it names."),
  custom: error("a condition of the kind is broken", "Change it so that what it says holds."),
  "weights-sum": error("shares do not sum to 100", "Change the weights so that they sum to 100."),
  "version-twice": error(
    "a version stands twice in a list of shares",
    "Keep it once, with its weights added together.",
  ),
  "header-twice": error("a header is edited twice", "Keep its name once among set, add and remove."),
  "with-redirect": error(
    "a member about the upstream stands beside redirect",
    "Remove it, or remove the redirect.",
  ),
  "prefix-without-match": error(
    "a prefix is to be replaced that was not matched",
    "Give every alternative of match a path.prefix, or use path.full.",
  ),
  "regex-refused": error(
    "a pattern that cannot be matched in linear time, or is none",
    "Write it without what it names.",
  ),
} as const satisfies Record<string, Entry>;

/** What a policy says of the mesh as it is, and its parts of each other. */
const ofThePolicy = {
  "unknown-service": error(
    "the target does not exist",
    "Correct targetRef or namespace, or start the service first.",
  ),
  "unknown-version": error(
    "a version that has no workload",
    "Use one of the versions there are, or start this one first.",
  ),
  "version-not-ready": warning(
    "a version with a share has no ready endpoint",
    "Start an endpoint of this version, or give it no share until there is one.",
  ),
  "unreachable-rule": warning(
    "an earlier rule matches all that this one matches",
    "Move this rule before the one that it names, or remove it.",
  ),
  "unreachable-match": warning(
    "an earlier rule matches all that this alternative matches",
    "Move its rule before the one that it names, or remove the alternative.",
  ),
  "same-match": warning(
    "two routes of a service have a rule for the same requests",
    "Keep one of the rules, or set one of the routes to observe.",
  ),
  "hidden-policy": warning(
    "of two policies of a kind only the first by name acts",
    "Put both into one policy, or set the first to observe.",
  ),
  "second-of-its-kind": error(
    "a service has two outlierDetection or two loadBalancer policies",
    "Change the one that is there, or delete it first.",
  ),
  "too-many-policies": error(
    "a service has more policies than its sidecars bear",
    "Put several into one policy, or delete some first.",
  ),
  "too-many-rules": error(
    "a policy, or all of a service together, has more rules, overrides or pins than its sidecars bear",
    "Put callers, paths or methods that are treated alike into one rule.",
  ),
  "mirror-to-itself": error(
    "the version that gets all requests gets their copies as well",
    "Mirror to another version.",
  ),
  "pins-all": warning(
    "a pin of a canary matches every request, so that its weights have no say",
    "Name in the match which requests are meant, or remove the pin and use the weights.",
  ),
  "redirect-loop": error(
    "a redirect leads to a request that is redirected, without end",
    "Redirect to a path that no redirect matches, or narrow the match.",
  ),
  "tries-over-timeout": warning(
    "all tries together may take longer than the timeout",
    "Raise timeoutMs, or lower attempts or perTryTimeoutMs.",
  ),
  "retry-not-idempotent": warning(
    "requests are tried again that may take effect twice",
    "Retry only on connect-failure and refused-stream, or leave the method to a rule without retry.",
  ),
  "per-try-timeout": warning(
    "one try may take as long as all together",
    "Lower perTryTimeoutMs below timeoutMs, or raise timeoutMs.",
  ),
  "delay-over-timeout": warning("a delay as long as the timeout", "Lower the delay, or raise timeoutMs."),
  "denies-all": warning(
    "every request is refused",
    "Name in the rules who may call, or keep it if nobody is to call.",
  ),
  "allows-all": warning(
    "an allow that everybody meets",
    "Name in the rule who may call, or what may be asked for.",
  ),
  "matches-nothing": warning("a policy without a rule", "Write a rule, or remove the policy."),
  "unknown-source": warning(
    "a caller or namespace that is not known",
    "Correct the name, or keep it if the service is yet to come.",
  ),
  "unknown-method": warning(
    "a method that HTTP does not have",
    "Correct its spelling, or keep it if callers really use a method of their own.",
  ),
  "unknown-host": warning(
    "a host that is none of the service's",
    "Correct the host, or keep it if requests come for it by another way.",
  ),
  "tokens-lost": warning(
    "a fill adds more than the bucket holds",
    "Raise maxTokens to tokensPerFill, or fill less at shorter intervals.",
  ),
  "refuses-all": warning("a limit of 0", "Raise the limit, or keep it if nobody is to call."),
  "detects-nothing": warning("every detection is off", "Set one of the detections, or remove the policy."),
  "ejection-order": warning(
    "the longest ejection is shorter than the first",
    "Raise maxEjectionMs to baseEjectionMs, or lower baseEjectionMs.",
  ),
  "ejects-nothing": warning("no host may be ejected", "Raise maxEjectionPercent, or remove the policy."),
  "hash-unused": warning(
    "hashOn for an algorithm that hashes nothing",
    "Use ringHash or maglev, or remove hashOn.",
  ),
} as const satisfies Record<string, Entry>;

/** What a policy says of the requests that its service really got. */
const ofTheTraffic = {
  "match-not-met": info(
    "no observed request meets a rule of a route, a pin of a canary, or an override of a limit",
    "Correct the match, or keep it for requests that are yet to come.",
  ),
  "rule-not-met": info(
    "no observed request meets a rule of an authorization",
    "Correct the rule, or keep it for requests that are yet to come.",
  ),
  "retries-multiply": warning(
    "services that call each other try again, each for itself",
    "Retry at one of them alone, or give the retries a budget.",
  ),
  "timeout-under-p99": warning(
    "the timeout is shorter than the observed p99",
    "Raise timeoutMs above the p99, or keep it if so many are to be cut off.",
  ),
  "limit-under-rate": warning(
    "the bucket would have run empty under the observed rate",
    "Raise tokensPerFill or maxTokens, or keep it if so many are to be refused.",
  ),
  "breaker-under-concurrency": warning(
    "a caller had more requests under way than the breaker lets through",
    "Raise maxRequests, or keep it if so many are to be refused.",
  ),
  "denies-observed": warning(
    "observed requests would be refused",
    "Narrow the rule or allow these requests, or keep it if they are to be refused.",
  ),
  "leaves-out-caller": warning(
    "an observed caller is in none of the rules that allow",
    "Add the caller to a rule, or keep it if it is to be refused.",
  ),
} as const satisfies Record<string, Entry>;

/** What is said of the mesh, and of no policy. */
const ofTheMesh = {
  "uncovered-workload": info(
    "no authorization covers a service of a namespace that has some (told by `weir check`)",
    "Write an authorization for it, or leave it open to every caller.",
  ),
} as const satisfies Record<string, Entry>;

/** Every code that is said, each with its severity and what to do. */
export const findingCatalogue = { ...ofTheForm, ...ofThePolicy, ...ofTheTraffic, ...ofTheMesh };
export type FindingCode = keyof typeof findingCatalogue;

/** Codes that a policy may pass over: all of policies but errors. */
export const ignorableCodes = (Object.keys(findingCatalogue) as FindingCode[]).filter(
  (code) => findingCatalogue[code].severity !== "error" && !Object.hasOwn(ofTheMesh, code),
);

/** What to do about a finding of this code. Codes that others than policies have are asked to do as is said. */
export function fixOf(code: string): string {
  return Object.hasOwn(findingCatalogue, code)
    ? findingCatalogue[code as FindingCode].fix
    : findingCatalogue.custom.fix;
}
