import { z } from "zod";

const Address = z.string().refine((text) => /^[^\s/?#@]+$/.test(text) && URL.canParse(`http://${text}`), {
  message: "must be host:port, without a scheme or a path",
});

/** Targets that share labels, as `static_configs` and target files have them. */
export const TargetGroup = z.object({
  targets: z.array(Address),
  labels: z
    .record(z.string().regex(/^[a-zA-Z_]\w*$/, "is no label name"), z.string())
    .refine(({ __scheme__: scheme = "http" }) => ["http", "https"].includes(scheme), {
      message: "must be http or https",
      path: ["__scheme__"],
    })
    .default({}),
});
export type TargetGroup = z.infer<typeof TargetGroup>;
