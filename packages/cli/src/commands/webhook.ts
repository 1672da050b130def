import {
  NotificationFormat,
  NotificationTarget,
  notificationSeverities,
  notificationTopics,
  parseOrThrow,
} from "@weir/domain";
import type { ConfigStore, StoredTarget } from "@weir/store";
import { Command, Option } from "commander";
import { CommandError, exitCodes } from "./command-error.ts";
import { type CommandSurroundings, type CommonOptions, changeBy, withStore } from "./command-surroundings.ts";
import { printable } from "./console-api.ts";
import { renderTable } from "./render-table.ts";
import { deliveryWords, untilTried } from "./until-tried.ts";

interface ChangeOptions extends CommonOptions {
  readonly reason?: string;
}

interface AddOptions extends ChangeOptions {
  readonly format: string;
  readonly topic: readonly string[];
  readonly least: string;
  readonly token?: string;
}

/** `weir webhook`: who is told of what happens in the mesh. */
export function webhookCommand(surroundings: CommandSurroundings): Command {
  const command = new Command("webhook").description(
    "tell others what happens in the mesh: Slack, or any webhook",
  );
  return command
    .addCommand(addCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(testCommand(surroundings))
    .addCommand(pauseCommand(surroundings, true))
    .addCommand(pauseCommand(surroundings, false))
    .addCommand(removeCommand(surroundings));
}

function addCommand(surroundings: CommandSurroundings): Command {
  return new Command("add")
    .description("add a target, such as: weir webhook add on-call https://hooks.slack.com/… --format slack")
    .argument("<name>")
    .argument("<url>")
    .addOption(
      new Option("--format <format>", "json is signed").choices(NotificationFormat.options).default("json"),
    )
    .addOption(
      new Option("--topic <topic...>", "what to tell of")
        .choices(notificationTopics)
        .default([...notificationTopics]),
    )
    .addOption(
      new Option("--least <severity>", "leave out what is less severe")
        .choices(notificationSeverities)
        .default("info"),
    )
    .option("--token <token>", "of a service account of Grafana's that may write annotations")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string, url: string, { topic, least, format, token, ...options }: AddOptions) => {
      const given = { name, url, format, topics: topic, leastSeverity: least, token };
      const target = parseOrThrow(NotificationTarget, given, "webhook");
      const change = changeBy(surroundings, options.reason);
      const added = await withStore(surroundings, options, (store) => store.addTarget(target, change));
      const secret =
        added.secret === undefined
          ? ""
          : `\nsecret, shown this once: ${added.secret} (docs/notifications.md)`;
      surroundings.print(
        options.output === "json"
          ? JSON.stringify({ name: target.name, ...added }, null, 2)
          : `${target.name} is told of ${target.topics.join(", ")}${secret}`,
      );
    });
}

function listCommand(surroundings: CommandSurroundings): Command {
  return new Command("list")
    .description("list the targets, and how the last delivery to each went")
    .action(async (options: CommonOptions) => {
      const targets = await withStore(surroundings, options, (store) => store.listTargets());
      if (options.output === "json") return surroundings.print(JSON.stringify(targets, null, 2));
      if (targets.length === 0) return surroundings.print("nobody is told of anything");
      const rows = targets.map(({ name, format, address, topics, leastSeverity, ...target }) => [
        ...[name, format, address],
        ...[
          topics.length === notificationTopics.length ? "all" : topics.join(","),
          leastSeverity,
          stateOf(target),
        ],
      ]);
      surroundings.print(
        renderTable(
          ["NAME", "FORMAT", "ADDRESS", "TOPICS", "LEAST", "STATE"],
          rows.map((row) => row.map(printable)),
        ),
      );
    });
}

function stateOf({ paused, waiting, last }: Pick<StoredTarget, "paused" | "waiting" | "last">): string {
  const state = last === undefined ? "nothing sent yet" : (last.error ?? "delivered");
  return [paused ? "paused" : "", waiting > 0 ? `${waiting} waiting` : "", state].filter(Boolean).join(", ");
}

function testCommand(surroundings: CommandSurroundings): Command {
  return new Command("test")
    .description("have a test sent by the running controller, and say what came of it")
    .argument("<name>")
    .action(async (name: string, options: CommonOptions) => {
      const tried = await withStore(surroundings, options, async (store) => {
        const { id } = await targetNamed(store, name);
        return untilTried(store, await store.testTarget(id, changeBy(surroundings, undefined)));
      });
      surroundings.print(
        options.output === "json"
          ? JSON.stringify(tried, null, 2)
          : `${name}: ${printable(deliveryWords(tried))}`,
      );
      if (tried.state !== "delivered") throw new CommandError(exitCodes.failed, "the test was not delivered");
    });
}

function pauseCommand(surroundings: CommandSurroundings, paused: boolean): Command {
  return new Command(paused ? "pause" : "resume")
    .description(paused ? "tell a target nothing for now" : "tell a paused target again")
    .argument("<name>")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string, options: ChangeOptions) => {
      const change = changeBy(surroundings, options.reason);
      await withStore(surroundings, options, async (store) =>
        store.pauseTarget((await targetNamed(store, name)).id, paused, change),
      );
      surroundings.print(
        options.output === "json"
          ? JSON.stringify({ name, paused }, null, 2)
          : `${name}: ${paused ? "paused" : "told again"}`,
      );
    });
}

function removeCommand(surroundings: CommandSurroundings): Command {
  return new Command("remove")
    .description("remove a target, with what waits for it")
    .argument("<name>")
    .option("--reason <text>", "stands in the audit")
    .action(async (name: string, options: ChangeOptions) => {
      const change = changeBy(surroundings, options.reason);
      await withStore(surroundings, options, async (store) =>
        store.removeTarget((await targetNamed(store, name)).id, change),
      );
      surroundings.print(
        options.output === "json" ? JSON.stringify({ name, removed: true }, null, 2) : `${name}: removed`,
      );
    });
}

/** @throws CommandError that names those there are. */
async function targetNamed(store: ConfigStore, name: string): Promise<StoredTarget> {
  const targets = await store.listTargets();
  const found = targets.find((target) => target.name === name);
  if (found) return found;
  const names = targets.map((target) => target.name).join(", ");
  throw new CommandError(exitCodes.refused, `there is no webhook ${name}; there is ${names || "none yet"}`);
}
