import { z } from "zod";

const newPath = z
  .string()
  .max(2048)
  .regex(/^\/[!"$->@-~]*$/, "must start with '/' and have no blank, '?', '#' or control character");

/** A whole new path, or a new beginning in the place of the prefix that matched. */
export const NewPath = z.union([z.strictObject({ full: newPath }), z.strictObject({ prefix: newPath })], {
  error: "must have exactly one of full and prefix",
});
export type NewPath = z.infer<typeof NewPath>;

const hostPattern = /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9]([-A-Za-z0-9._]{0,251}[A-Za-z0-9])?)$/;
const Host = z.string().regex(hostPattern, "must be a host name or an address, without a port");

/** What the upstream sees in place of what was asked for (Gateway API: URLRewrite). */
export const RewriteSpec = z
  .strictObject({ host: Host.optional(), path: NewPath.optional() })
  .refine(({ host, path }) => host !== undefined || path !== undefined, {
    error: "needs host, path, or both",
  });
export type RewriteSpec = z.infer<typeof RewriteSpec>;

/** An answer that sends the caller elsewhere (Gateway API: RequestRedirect); what is absent stays as asked for. */
export const RedirectSpec = z
  .strictObject({
    scheme: z.enum(["http", "https"]).optional(),
    host: Host.optional(),
    port: z.int().min(1).max(65_535).optional(),
    path: NewPath.optional(),
    /** 302 when absent. */
    status: z.literal([301, 302, 303, 307, 308]).optional(),
  })
  .refine(({ scheme, host, port, path }) => [scheme, host, port, path].some((part) => part !== undefined), {
    error: "needs at least one of scheme, host, port and path, or it would lead to itself",
  });
export type RedirectSpec = z.infer<typeof RedirectSpec>;
