import { judge, type Outcomes, severity, tolerances } from "@weir/graph";
import { z } from "zod";

const Reason = z
  .object({
    outcome: z.enum(["errors", "grpcErrors", "clientErrors"]).meta({
      description:
        "`errors`: answers of class 5, and none; `grpcErrors`: a gRPC status other than OK; `clientErrors`: answers of class 4.",
    }),
    requests: z.number().meta({ description: "How many ended so." }),
    share: z.number().min(0).max(1),
    degradedFrom: z
      .number()
      .meta({ description: "The share from which on it is degraded; at 0 the first failure does." }),
    failingFrom: z.number(),
    tooFew: z
      .boolean()
      .meta({ description: "It would be worse, but there were too few requests to say so." }),
  })
  .meta({ id: "HealthReason" });

export const HealthShape = z
  .object({
    state: z.enum(["no-data", "ok", "degraded", "failing"]).meta({
      description: "`no-data`: there was no request, which is not health.",
    }),
    reasons: z.array(Reason).meta({ description: "What makes it less than well, the worst first." }),
  })
  .meta({ id: "Health", description: "As the map shows it, and why." });

/** How a number of requests went, with all that speaks against it. */
export function healthShape({ requests, ...counts }: Outcomes): z.infer<typeof HealthShape> {
  const judged = tolerances
    .map(({ outcome }) => judge({ requests, errors: 0, [outcome]: counts[outcome] }))
    .sort((a, b) => severity[b.health] - severity[a.health]);
  return {
    state: judged[0]?.health ?? "no-data",
    reasons: judged.flatMap(({ cause }) => (cause ? [reasonShape(cause)] : [])),
  };
}

function reasonShape({ count, ...cause }: NonNullable<ReturnType<typeof judge>["cause"]>) {
  return { requests: count, ...cause };
}
