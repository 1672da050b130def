import { Name } from "@weir/domain";
import { CommandError, exitCodes } from "./command-error.ts";

export interface ServiceRef {
  readonly namespace: string;
  readonly name: string;
}

const examples = { service: "shop/payments", policy: "shop/limit" } as const;

/** Reads `namespace/name`; throws a {@link CommandError} (usage) that shows the form. */
export function parseServiceRef(text: string, what: keyof typeof examples = "service"): ServiceRef {
  const [namespace = "", name = "", ...rest] = text.split("/");
  if (rest.length === 0 && Name.safeParse(namespace).success && Name.safeParse(name).success)
    return { namespace, name };
  throw new CommandError(
    exitCodes.usage,
    `"${text}" does not name a ${what}; write namespace/name, such as ${examples[what]}`,
  );
}
