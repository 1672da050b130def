import { Name } from "@weir/domain";
import { CommandError, exitCodes } from "./command-error.ts";

export interface ServiceRef {
  readonly namespace: string;
  readonly name: string;
}

/** Reads `namespace/name`; throws a {@link CommandError} (usage) that shows the form. */
export function parseServiceRef(text: string): ServiceRef {
  const [namespace = "", name = "", ...rest] = text.split("/");
  if (rest.length === 0 && Name.safeParse(namespace).success && Name.safeParse(name).success)
    return { namespace, name };
  throw new CommandError(
    exitCodes.usage,
    `"${text}" does not name a service; write namespace/name, such as shop/payments`,
  );
}
