import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const entry = fileURLToPath(new URL("../../bootstrap.mjs", import.meta.url));

test.each`
  args                           | code | said
  ${["nonsense"]}                | ${2} | ${'weir: unknown command "nonsense"; there are start, test, check, bench, generate'}
  ${["start", "--nonsense"]}     | ${2} | ${"weir: unknown flag --nonsense; npm start -- --help lists the flags"}
  ${["start", "--port", "http"]} | ${2} | ${"weir: --port http: must be a whole number from 1 to 14206 (the other ports move along with it)"}
  ${["check", "--fix"]}          | ${2} | ${'weir: npm run check takes no arguments, and got "--fix"'}
  ${["bench", "nonsense"]}       | ${2} | ${/^weir: there is no benchmark "nonsense"; there are: .*start/}
`("$args is refused with exit code $code", ({ args, code, said }) => {
  const { status, stderr } = spawnSync(process.execPath, [entry, ...args], { encoding: "utf8" });
  expect(status).toBe(code);
  if (said instanceof RegExp) expect(stderr).toMatch(said);
  else expect(stderr.trim()).toBe(said);
});

test("help needs no installation and names every flag", () => {
  const { status, stdout } = spawnSync(process.execPath, [entry, "start", "--help"], { encoding: "utf8" });
  expect(status).toBe(0);
  for (const flag of ["--no-demo", "--no-open", "--port", "--data-dir", "--database-url"])
    expect(stdout).toContain(flag);
});
