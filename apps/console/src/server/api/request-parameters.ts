import type { RequestFilter } from "@weir/store";
import { z } from "zod";
import { DurationParameter } from "./duration-parameter.ts";
import { ServiceParameter } from "./shapes.ts";

/** `5xx`, `none` for requests without an answer, or one status. */
const StatusParameter = z
  .string()
  .max(4)
  .transform((text, context): Pick<RequestFilter, "status" | "statusClass"> => {
    if (text === "none") return { statusClass: 0 };
    const [, first, rest] = /^([1-5])(xx|\d\d)$/.exec(text) ?? [];
    if (rest === "xx") return { statusClass: Number(first) };
    if (rest !== undefined) return { status: Number(text) };
    context.addIssue("must be a status such as 503, a class such as 5xx, or none for no answer");
    return z.NEVER;
  });

/** The parameters of every operation that is about some of the requests. */
export const requestParameters = {
  source: ServiceParameter.optional().meta({ description: "`namespace/name` of the service that called." }),
  destination: ServiceParameter.optional().meta({
    description: "`namespace/name` of the service that was called.",
    example: "shop/payments",
  }),
  path: z.string().max(2_000).optional().meta({ description: "The path begins so, letter by letter." }),
  status: StatusParameter.optional().meta({
    description: "`503`, a class such as `5xx`, or `none`: no answer came.",
    example: "5xx",
  }),
  minDuration: DurationParameter.optional().meta({ description: "Took at least so long.", example: "250ms" }),
  decision: z.enum(["would-act", "acted"]).optional().meta({
    description: "With a policy that acted, or that would have acted if it were enforced.",
  }),
};

const RequestParameters = z.object(requestParameters);

/** The requests that are meant. */
export function requestFilterOf(input: z.infer<typeof RequestParameters>): RequestFilter {
  const { source, destination, path, status, minDuration, decision } = input;
  return {
    ...{ source, destination, pathPrefix: path, ...status },
    minDurationMs: minDuration,
    decided: decision,
  };
}
