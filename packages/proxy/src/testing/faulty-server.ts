import { type RawServer, startRawServer } from "./raw-server.ts";

/** What an upstream does when it has sent as much of its answer as it will. */
export const faults = ["end", "reset", "stall"] as const;
export type Fault = (typeof faults)[number];

/** Answers by name; all get the same request but for its method and its target. */
export type Answers = Readonly<Record<string, string>>;

/** The target that asks a faulty server for the first `bytes` bytes of an answer, and then the fault. */
export function faultTarget(name: string, bytes: number, fault: Fault): string {
  return `/${name}/${bytes}/${fault}`;
}

/** An upstream that breaks off its answers where each request asks it to. */
export function startFaultyServer(answers: Answers): Promise<RawServer> {
  const seen = new Map<number, number>();
  return startRawServer((text, socket, connection) => {
    const targets = [...text.matchAll(/\/(\w+)\/(\d+)\/(\w+) HTTP\/1\.1\r\n[\s\S]*?\r\n\r\n/g)];
    const before = seen.get(connection) ?? 0;
    seen.set(connection, targets.length);
    for (const [, name = "", bytes, fault] of targets.slice(before)) {
      const answer = answers[name] ?? "";
      const sent = answer.slice(0, Number(bytes));
      if (fault === "end") socket.end(sent, "latin1");
      else if (fault === "reset") socket.write(sent, "latin1", () => socket.resetAndDestroy());
      else if (sent !== "") socket.write(sent, "latin1");
    }
    return undefined;
  });
}
