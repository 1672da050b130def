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
  services: some(pattern("a service, or namespace/service")),
  namespaces: some(pattern("a namespace")),
  ips: some(
    z.string().refine((text) => parseCidr(text) !== undefined, {
      error: "must be an IP address or a block such as 10.0.0.0/8 or fd00::/8",
    }),
  ),
});
export type AuthorizationSource = z.infer<typeof AuthorizationSource>;

/** What is asked for: each member that is there must hold, by any of its values; of `headers`, all. */
export const AuthorizationOperation = z.strictObject({
  methods: some(z.string().regex(/^[A-Z]+$/, "must be an upper-case method such as GET")),
  paths: some(
    pattern("a path").refine((text) => /^[/*]/.test(text), { error: "must start with '/' or '*'" }),
  ),
  hosts: some(pattern("a host without a port")),
  ports: some(z.int().min(1).max(65_535)),
  headers: some(HeaderMatch),
});
export type AuthorizationOperation = z.infer<typeof AuthorizationOperation>;

/** Holds when any of `from` and any of `to` hold; what is absent asks for nothing, so `{}` matches everything. */
export const AuthorizationRule = z.strictObject({
  from: some(AuthorizationSource),
  to: some(AuthorizationOperation),
});
export type AuthorizationRule = z.infer<typeof AuthorizationRule>;

/**
 * Who may do what (Istio: AuthorizationPolicy). `deny` comes before `allow`; where any policy allows, what none
 * allows is refused. Without rules a policy matches nothing, so `rules: []` with `allow` refuses everything.
 */
export const AuthorizationSpec = z.strictObject({
  /** `allow` when absent. */
  action: z.enum(["allow", "deny", "audit"]).optional(),
  rules: z.array(AuthorizationRule),
});
export type AuthorizationSpec = z.infer<typeof AuthorizationSpec>;
export type AuthorizationAction = NonNullable<AuthorizationSpec["action"]>;
