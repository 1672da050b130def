import { z } from "zod";
import { HeaderMatch } from "../policy/text-match.ts";
import { parseCidr } from "./cidr.ts";

/** A value, or its beginning or end with one `*` in place of the rest; `*` alone is any value there is. */
const pattern = (what: string) =>
  z
    .string()
    .min(1)
    .max(1000)
    .refine((text) => /^(?:[^*]+|\*[^*]*|[^*]*\*)$/.test(text), {
      error: `must be ${what}, with at most one '*', at its start or its end`,
    });

const some = <T extends z.ZodType>(item: T) =>
  z.array(item).min(1, "leave it out to ask for nothing").optional();

/** Who calls: each member that is there must hold, by any of its values. */
export const AuthorizationSource = z.strictObject({
  services: some(pattern("a service, or namespace/service").meta({ examples: ["checkout"] })).describe(
    "Calling services, as name or namespace/name; one * at the start or the end stands for any text. As callers say, unproven.",
  ),
  namespaces: some(pattern("a namespace").meta({ examples: ["default"] })).describe(
    "Namespaces of the callers; one * at the start or the end stands for any text. As callers say, unproven.",
  ),
  ips: some(
    z
      .string()
      .refine((text) => parseCidr(text) !== undefined, {
        error: "must be an IP address or a block such as 10.0.0.0/8 or fd00::/8",
      })
      .meta({ examples: ["10.0.0.0/8"] }),
  ).describe("Addresses that the callers connect from, or blocks of them."),
});
export type AuthorizationSource = z.infer<typeof AuthorizationSource>;

/** What is asked for: each member that is there must hold, by any of its values; of `headers`, all. */
export const AuthorizationOperation = z.strictObject({
  methods: some(
    z
      .string()
      .regex(/^[A-Z]+$/, "must be an upper-case method such as GET")
      .meta({ examples: ["GET"] }),
  ).describe("Methods, in upper case."),
  paths: some(
    pattern("a path")
      .refine((text) => /^[/*]/.test(text), { error: "must start with '/' or '*'" })
      .meta({ examples: ["/*"] }),
  ).describe("Paths without query, after normalisation; one * at the start or the end stands for any text."),
  hosts: some(pattern("a host without a port").meta({ examples: ["example.com"] })).describe(
    "Hosts asked for, without a port; one * at the start or the end stands for any text.",
  ),
  ports: some(
    z
      .int()
      .min(1)
      .max(65_535)
      .meta({ examples: [8080] }),
  ).describe("Ports that requests arrive at."),
  headers: some(HeaderMatch).describe("Headers that must all match."),
});
export type AuthorizationOperation = z.infer<typeof AuthorizationOperation>;

/** Holds when any of `from` and any of `to` hold; what is absent asks for nothing, so `{}` matches everything. */
export const AuthorizationRule = z.strictObject({
  from: some(AuthorizationSource).describe("Callers, any of them. Left out: whoever calls."),
  to: some(AuthorizationOperation).describe("What is asked for, any of it. Left out: whatever is asked for."),
});
export type AuthorizationRule = z.infer<typeof AuthorizationRule>;

/**
 * Who may do what (Istio: AuthorizationPolicy). `deny` comes before `allow`; where any policy allows, what none
 * allows is refused. Without rules a policy matches nothing, so `rules: []` with `allow` refuses everything.
 */
export const AuthorizationSpec = z.strictObject({
  action: z
    .enum(["allow", "deny", "audit"])
    .optional()
    .describe(
      "For requests that a rule matches: deny refuses (403), allow lets pass and refuses what no allow matches, audit changes nothing. allow when left out.",
    ),
  rules: z
    .array(AuthorizationRule)
    .describe(
      "Any of them matches. None with allow: everything is refused; one empty rule: everything matches.",
    ),
});
export type AuthorizationSpec = z.infer<typeof AuthorizationSpec>;
export type AuthorizationAction = NonNullable<AuthorizationSpec["action"]>;
