import { z } from "zod";
import { FieldName } from "./text-match.ts";

/** Fields that are a connection's or the framing's own, or the mesh's: no policy may touch them. */
const untouchable = new Set(
  (
    "connection proxy-connection keep-alive te trailer transfer-encoding upgrade http2-settings " +
    "content-length host expect"
  ).split(" "),
);

const EditedName = FieldName.refine((name) => isEditable(name.toLowerCase()), {
  error: ({ input }) =>
    `${input} is not a policy's to change: it is the connection's, the framing's or the mesh's`,
});

/** Visible characters, blanks inside, no control character (RFC 9110 5.5): nothing that could end the field. */
const FieldValue = z
  .string()
  .max(4096)
  .regex(
    /^(?:[!-~\u0080-\u00ff](?:[\t -~\u0080-\u00ff]*[!-~\u0080-\u00ff])?)?$/,
    "must be a header field value (RFC 9110 5.5): no control characters, no blanks at its ends",
  );

/** A name that a policy may change, beginning with one of `examples`. */
const nameLike = (...examples: string[]) =>
  EditedName.meta({
    description: "Of a header that a policy may change: not Host, not those of the connection, not x-weir-*.",
    examples,
  });
const value = FieldValue.meta({ description: "Without control characters and without blanks at its ends." });

/** Edits of headers (Gateway API: HTTPHeaderFilter): `remove`, then `set`, then `add`; a name stands once. */
export const HeaderEditsSpec = z
  .strictObject({
    set: z
      .array(z.strictObject({ name: nameLike("x-tier", "x-tier-2"), value }))
      .optional()
      .describe("Headers that get this value, in place of what they had."),
    add: z
      .array(z.strictObject({ name: nameLike("x-added", "x-added-2"), value }))
      .optional()
      .describe("Values that are added to what a header has."),
    remove: z
      .array(nameLike("x-debug", "x-debug-2"))
      .optional()
      .describe("Names of headers that are taken away; done first."),
  })
  .superRefine(({ set = [], add = [], remove = [] }, context) => {
    if (set.length + add.length + remove.length === 0)
      context.addIssue({ code: "custom", message: "needs at least one of set, add and remove" });
    const seen = new Set<string>();
    const check = (name: string, path: PropertyKey[]) => {
      const lower = name.toLowerCase();
      if (seen.has(lower))
        context.addIssue({
          code: "custom",
          params: { code: "header-twice" },
          path,
          message: `${name} is edited twice; a name stands once among set, add and remove`,
        });
      seen.add(lower);
    };
    set.forEach(({ name }, index) => {
      check(name, ["set", index, "name"]);
    });
    add.forEach(({ name }, index) => {
      check(name, ["add", index, "name"]);
    });
    remove.forEach((name, index) => {
      check(name, ["remove", index]);
    });
  })
  .meta({ examples: [{ set: [{ name: "x-tier", value: "gold" }] }] });
export type HeaderEditsSpec = z.infer<typeof HeaderEditsSpec>;

function isEditable(name: string): boolean {
  return !untouchable.has(name) && !name.startsWith("x-weir-");
}
