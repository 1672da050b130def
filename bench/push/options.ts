import { parseArgs } from "node:util";
import { mostPoliciesOfService } from "@weir/domain";
import { readOptionsOrExit, WrongUse, wholeNumber } from "../shared/read-options.ts";

export interface Options {
  readonly sidecars: number;
  readonly services: number;
  readonly changes: number;
  readonly policies: number;
}

const usage = `How fast a change reaches every sidecar of one controller.

npm run bench -- push [--sidecars N] [--services N] [--changes N] [--policies N]

  --sidecars N   connected by the real protocol, each an endpoint of its own (1,000)
  --services N   they are of, in one namespace, so that each change concerns all of them (100)
  --changes N    of a canary's weights, one after the other (50)
  --policies N   put into force afterwards, to see how long one more change takes beside them (10,000);
                 at most ${mostPoliciesOfService - 1} a service

Ends with 1 when a change takes longer than wanted.`;

/** See {@link readOptionsOrExit}. */
export function readPushOptions(args: readonly string[]): Options {
  return readOptionsOrExit("push", usage, () => read(args));
}

/** Undefined when help was asked for. */
function read(args: readonly string[]): Options | undefined {
  const text = (otherwise: string) => ({ type: "string", default: otherwise }) as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ sidecars: text("1,000"), services: text("100"), changes: text("50"), policies: text("10,000") },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return undefined;
  const options = {
    sidecars: wholeNumber("--sidecars", values.sidecars, 2),
    services: wholeNumber("--services", values.services, 1),
    changes: wholeNumber("--changes", values.changes, 1),
    policies: wholeNumber("--policies", values.policies, 1),
  };
  // The canary whose weights are changed is one more of its service.
  const room = options.services * (mostPoliciesOfService - 1);
  if (options.policies <= room) return options;
  throw new WrongUse(
    `--policies ${options.policies} are more than ${options.services} services take, ${room}`,
  );
}
