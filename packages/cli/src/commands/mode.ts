import { type Mode, type ModeSwitch, newlyEnforced } from "@weir/domain";
import type { ConfigStore } from "@weir/store";
import { Argument, Command, Option } from "commander";
import { agreed } from "./agreed.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { parseServiceRef } from "./service-ref.ts";

interface ModeOptions extends CommonOptions {
  readonly service?: string;
  readonly namespace?: string;
  readonly hold?: "on" | "off";
  readonly reason?: string;
  readonly yes?: boolean;
}

const hint = '"weir enforce" says first what they would do, and has it watched.';

type Wanted = Mode | "inherit" | undefined;

/** `weir mode`: shows or sets observe / enforce for the mesh, a namespace or a service, and the mesh's hold. */
export function modeCommand(surroundings: CommandSurroundings): Command {
  return new Command("mode")
    .description("show, or set, whether policies only observe or are enforced")
    .addArgument(new Argument("[mode]", "what to set").choices(["observe", "enforce", "inherit"]))
    .addOption(
      new Option("--service <namespace/name>", "for this service only").conflicts(["namespace", "hold"]),
    )
    .addOption(new Option("--namespace <name>", "for this namespace only").conflicts("hold"))
    .addOption(
      new Option("--hold <on|off>", "force observe over everything, or let go").choices(["on", "off"]),
    )
    .option("--reason <text>", "stands in the audit")
    .option("--yes", "do not ask before policies begin to act")
    .action(async (wanted: Wanted, options: ModeOptions) => {
      if (wanted === "inherit" && !options.service && !options.namespace)
        throw new CommandError(
          exitCodes.usage,
          "the mesh has nothing to inherit from; name --service or --namespace",
        );
      await withStore(surroundings, options, async (store) => {
        if (wanted === "enforce") await confirmEnforcing(options, await modesUnder(store, options));
        if (wanted === "inherit") await confirmInheriting(store, options);
        await change(store, wanted, options, surroundings);
        const modes = await modesUnder(store, options);
        surroundings.print(
          options.output === "json"
            ? JSON.stringify(modes, null, 2)
            : modes.map(({ what, mode, origin }) => `${what}: ${mode} (set by ${origin})`).join("\n"),
        );
      });
    });
}

async function change(
  store: ConfigStore,
  wanted: Wanted,
  options: ModeOptions,
  surroundings: CommandSurroundings,
): Promise<void> {
  const by = changeBy(surroundings, options.reason);
  if (options.hold) await store.setMeshHold(options.hold === "on", by);
  if (wanted === undefined) return;
  const mode = wanted === "inherit" ? null : wanted;
  if (options.service) {
    const { namespace, name } = parseServiceRef(options.service);
    await store.setServiceMode(namespace, name, mode, by);
  } else if (options.namespace) await store.setNamespaceMode(options.namespace, mode, by);
  else if (mode) await store.setMeshMode(mode, by);
}

/** The mesh's own mode and the resolved one of every service that the options are about. */
async function modesUnder(store: ConfigStore, { service, namespace }: ModeOptions) {
  const [{ mesh }, services] = await Promise.all([store.readMeshConfig(), store.listServices()]);
  const about = services.filter((candidate) => {
    if (service) return `${candidate.namespace}/${candidate.name}` === service;
    return namespace === undefined || candidate.namespace === namespace;
  });
  const rows = about.map(({ namespace, name, resolvedMode }) => ({
    what: `${namespace}/${name}`,
    ...resolvedMode,
  }));
  if (service || namespace) return rows;
  return [
    { what: "mesh", mode: mesh.hold ? "observe" : mesh.mode, origin: mesh.hold ? "hold" : "mesh" },
    ...rows,
  ];
}

/** Enforcing changes where requests go, so somebody has to mean it. */
async function confirmEnforcing(
  options: ModeOptions,
  modes: readonly { what: string; mode: string }[],
): Promise<void> {
  const names = modes.filter(({ mode }) => mode === "observe").map(({ what }) => what);
  if (names.length > 0)
    await agreed(options, {
      what: `Policies will act on requests to ${names.join(", ")}.`,
      ...{ doing: "enforcing policies", hint },
    });
}

/** To inherit enforce is to enforce. */
async function confirmInheriting(store: ConfigStore, options: ModeOptions): Promise<void> {
  const at: ModeSwitch = options.service
    ? { scope: "service", ...parseServiceRef(options.service) }
    : { scope: "namespace", name: options.namespace ?? "" };
  const begin = newlyEnforced(await store.readMeshConfig(), at, null);
  const names = begin.map(({ namespace, name }) => `${namespace}/${name}`).join(", ");
  if (begin.length > 0)
    await agreed(options, {
      what: `It inherits enforce: ${names} will act on requests.`,
      ...{ doing: "inheriting enforce", hint },
    });
}
