import { z } from "zod";

const newPath = z
  .string()
  .max(2048)
  .regex(/^\/[!"$->@-~]*$/, "must start with '/' and have no blank, '?', '#' or control character");

/** A whole new path, or a new beginning in the place of the prefix that matched. */
export const NewPath = z.union(
  [
    z.strictObject({ full: newPath.meta({ description: "The whole path from now on.", examples: ["/"] }) }),
    z.strictObject({
      prefix: newPath.meta({
        description: "In place of the prefix that matched; every alternative of match needs path.prefix.",
        examples: ["/"],
      }),
    }),
  ],
  { error: "must have exactly one of full and prefix" },
);
export type NewPath = z.infer<typeof NewPath>;

const hostPattern = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([-A-Za-z0-9._]{0,251}[A-Za-z0-9])?)$/;
const Host = z
  .string()
  .regex(hostPattern, "must be a host name or an address, without a port")
  .meta({
    description: "Name or address, without a port. Left out: as asked for.",
    examples: ["example.com"],
  });

/** What the upstream sees in place of what was asked for (Gateway API: URLRewrite). */
export const RewriteSpec = z
  .strictObject({
    host: Host.optional(),
    path: NewPath.optional().describe("Left out: as asked for."),
  })
  .refine(({ host, path }) => host !== undefined || path !== undefined, {
    error: "needs host, path, or both",
  })
  .meta({ examples: [{ path: { full: "/" } }] });
export type RewriteSpec = z.infer<typeof RewriteSpec>;

/** An answer that sends the caller elsewhere (Gateway API: RequestRedirect); what is absent stays as asked for. */
export const RedirectSpec = z
  .strictObject({
    scheme: z
      .enum(["http", "https"])
      .optional()
      .meta({ description: "Left out: as asked for.", examples: ["https"] }),
    host: Host.optional(),
    port: z
      .int()
      .min(1)
      .max(65_535)
      .optional()
      .meta({ description: "Left out: the one of the scheme, or as asked for.", examples: [443] }),
    path: NewPath.optional().describe("Left out: as asked for."),
    status: z
      .literal([301, 302, 303, 307, 308])
      .optional()
      .meta({ description: "HTTP status of the answer; 302 when left out.", examples: [302] }),
  })
  .refine(({ scheme, host, port, path }) => [scheme, host, port, path].some((part) => part !== undefined), {
    error: "needs at least one of scheme, host, port and path, or it would lead to itself",
  })
  .meta({ examples: [{ scheme: "https" }] });
export type RedirectSpec = z.infer<typeof RedirectSpec>;
