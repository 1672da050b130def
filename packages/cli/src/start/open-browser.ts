import { spawn } from "node:child_process";

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: "open", linux: "xdg-open" };

/** Shows an address in the person's browser where the system has a command for that; silent when it has not. */
export function openBrowser(url: string): void {
  const command = openers[process.platform];
  if (!command) return;
  const child = spawn(command, [url], { detached: true, stdio: "ignore" });
  child.once("error", () => {});
  child.unref();
}
