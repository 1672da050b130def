import { z } from "zod";

export const ViewName = z.string().trim().min(1, "a view needs a name").max(80);

/**
 * A path of this console with its query; two slashes would lead to another host, and browsers leave out
 * tabs between them. */
export const ViewHref = z
  .string()
  .max(4_000)
  .regex(/^\/(?![/\\])[^\p{Cc}]*$/u, "must be an address within the console");
