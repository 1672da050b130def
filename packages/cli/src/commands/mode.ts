import { enforcedPolicies, type Mode, type ModeSwitch, newlyEnforced, switchWords } from "@weir/domain";
import type { ConfigStore } from "@weir/store";
import { Argument, Command, Option } from "commander";
import { agreed } from "./agreed.ts";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { parseServiceRef } from "./service-ref.ts";

interface ModeOptions extends CommonOptions {
  readonly policy?: string;
  readonly service?: string;
  readonly namespace?: string;
  readonly hold?: "on" | "off";
  readonly reason?: string;
  readonly yes?: boolean;
}

const hint = '"weir enforce" says first what they would do, and has it watched.';

type Wanted = Mode | "inherit" | undefined;

/** `weir mode`: shows or sets observe / enforce for the mesh, a namespace, a service or a policy, and the mesh's hold. */
export function modeCommand(surroundings: CommandSurroundings): Command {
  return new Command("mode")
    .description("show, or set, whether policies only observe or are enforced")
    .addArgument(new Argument("[mode]", "what to set").choices(["observe", "enforce", "inherit"]))
    .addOption(
      new Option("--policy <namespace/name>", "for this policy only").conflicts([
        ...["service", "namespace", "hold"],
      ]),
    )
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
      const at = switchOf(options);
      if (wanted !== undefined && options.hold !== undefined)
        throw new CommandError(
          exitCodes.usage,
          `a hold is of the whole mesh, whatever its mode: write either ${wanted} or --hold ${options.hold}`,
        );
      if (wanted === "inherit" && at.scope === "mesh")
        throw new CommandError(
          exitCodes.usage,
          "the mesh has nothing to inherit from; name --policy, --service or --namespace",
        );
      await withStore(surroundings, options, async (store) => {
        const before = await modesUnder(store, at);
        if (wanted === "enforce") await confirmEnforcing(options, before);
        if (wanted === "inherit") await confirmInheriting(store, at, options);
        const released = options.hold === "off" ? await heldPolicies(store) : undefined;
        await change(store, wanted, at, options, surroundings);
        const modes = await modesUnder(store, at);
        surroundings.print(
          options.output === "json"
            ? JSON.stringify(modes, null, 2)
            : [
                ...(released === undefined ? [] : [releasedWords(released)]),
                ...modes.map(({ what, mode, origin }) => `${what}: ${mode} (set by ${origin})`),
              ].join("\n"),
        );
      });
    });
}

function switchOf({ policy, service, namespace }: ModeOptions): ModeSwitch {
  if (policy !== undefined) return { scope: "policy", ...parseServiceRef(policy, "policy") };
  if (service !== undefined) return { scope: "service", ...parseServiceRef(service) };
  return namespace === undefined ? { scope: "mesh" } : { scope: "namespace", name: namespace };
}

async function change(
  store: ConfigStore,
  wanted: Wanted,
  at: ModeSwitch,
  options: ModeOptions,
  surroundings: CommandSurroundings,
): Promise<void> {
  const by = changeBy(surroundings, options.reason);
  if (options.hold) await store.setMeshHold(options.hold === "on", by);
  if (wanted === undefined) return;
  const mode = wanted === "inherit" ? null : wanted;
  if (at.scope === "policy") await store.setPolicyMode(at.namespace, at.name, mode, by);
  else if (at.scope === "service") await store.setServiceMode(at.namespace, at.name, mode, by);
  else if (at.scope === "namespace") await store.setNamespaceMode(at.name, mode, by);
  else if (mode) await store.setMeshMode(mode, by);
}

/** Policies that a hold of the mesh keeps from acting; undefined where there is none. */
async function heldPolicies(store: ConfigStore): Promise<number | undefined> {
  const config = await store.readMeshConfig();
  return config.mesh.hold ? enforcedPolicies(config).length : undefined;
}

function releasedWords(count: number): string {
  return `the hold is off: ${count === 1 ? "1 policy acts" : `${count || "no"} policies act`} again`;
}

/** What a switch comes to: a policy's resolved mode, or that of each service under it, below the mesh's own. */
async function modesUnder(store: ConfigStore, at: ModeSwitch) {
  if (at.scope === "policy") {
    const stored = await store.getPolicy(at.namespace, at.name);
    if (!stored) throw new CommandError(exitCodes.refused, `there is no policy ${at.namespace}/${at.name}`);
    return [{ what: switchWords(at), ...stored.resolvedMode }];
  }
  const [{ mesh }, services] = await Promise.all([store.readMeshConfig(), store.listServices()]);
  const rows = services
    .filter(({ namespace, name }) => {
      if (at.scope === "service") return namespace === at.namespace && name === at.name;
      return at.scope === "mesh" || namespace === at.name;
    })
    .map(({ namespace, name, resolvedMode }) => ({ what: `${namespace}/${name}`, ...resolvedMode }));
  if (at.scope !== "mesh") return rows;
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
      what: options.policy
        ? `${names.join(", ")} will act on requests.`
        : `Policies will act on requests to ${names.join(", ")}.`,
      ...{ doing: "enforcing policies", hint },
    });
}

/** To inherit enforce is to enforce. */
async function confirmInheriting(store: ConfigStore, at: ModeSwitch, options: ModeOptions): Promise<void> {
  const begin = newlyEnforced(await store.readMeshConfig(), at, null);
  const names = begin.map(({ namespace, name }) => `${namespace}/${name}`).join(", ");
  if (begin.length > 0)
    await agreed(options, {
      what: `It inherits enforce: ${names} will act on requests.`,
      ...{ doing: "inheriting enforce", hint },
    });
}
