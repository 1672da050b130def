import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const weir = fileURLToPath(new URL("../../bin/weir.mjs", import.meta.url));

function run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [weir, "proxy", ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test.each`
  args                                      | sentence
  ${[]}                                     | ${"--config FILE is needed"}
  ${["--config", "x", "--workers", "0"]}    | ${'--workers must be a number from 1 to 64, not "0"'}
  ${["--config", "x", "--workers", "65"]}   | ${'--workers must be a number from 1 to 64, not "65"'}
  ${["--config", "x", "--workers", "1.5"]}  | ${'--workers must be a number from 1 to 64, not "1.5"'}
  ${["--config", "x", "--workers", "many"]} | ${'--workers must be a number from 1 to 64, not "many"'}
`("weir proxy $args: exit 2, $sentence", async ({ args, sentence }) => {
  const { code, stderr } = await run(...args);
  expect([code, stderr.split("\n")[0]]).toEqual([2, `weir proxy: ${sentence}`]);
});

test("weir proxy --help lists its options", async () => {
  const { code, stdout } = await run("--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/--config FILE[\s\S]*--workers N/);
});
