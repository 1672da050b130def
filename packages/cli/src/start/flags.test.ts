import { describe, expect, test } from "vitest";
import { parseStartFlags, UsageError } from "./flags.mjs";

const defaults = {
  help: false,
  demo: true,
  open: true,
  port: undefined,
  dataDir: undefined,
  databaseUrl: undefined,
};

describe("the flags of npm start", () => {
  test.each`
    args                                                   | flags
    ${[]}                                                  | ${{}}
    ${["--no-demo", "--no-open"]}                          | ${{ demo: false, open: false }}
    ${["--port", "3100", "--data-dir", "some where"]}      | ${{ port: 3100, dataDir: "some where" }}
    ${["--port=3100", "--data-dir=-odd"]}                  | ${{ port: 3100, dataDir: "-odd" }}
    ${["--database-url", "postgres://u:p@db:5432/weir"]}   | ${{ databaseUrl: "postgres://u:p@db:5432/weir" }}
    ${["--database-url=postgresql://db/weir?sslmode=off"]} | ${{ databaseUrl: "postgresql://db/weir?sslmode=off" }}
    ${["--help"]}                                          | ${{ help: true }}
    ${["--port", "1"]}                                     | ${{ port: 1 }}
    ${["--port", "14206"]}                                 | ${{ port: 14_206 }}
  `("$args", ({ args, flags }) => {
    expect(parseStartFlags(args)).toEqual({ ...defaults, ...flags });
  });

  test.each`
    args                                  | message
    ${["--nodemo"]}                       | ${/^unknown flag --nodemo; /}
    ${["-p", "3100"]}                     | ${/^unknown flag -p; /}
    ${["3100"]}                           | ${/^unexpected argument "3100"; /}
    ${["--port"]}                         | ${/^--port needs a value$/}
    ${["--port", "--no-open"]}            | ${/^--port needs a value$/}
    ${["--data-dir="]}                    | ${/^--data-dir needs a value$/}
    ${["--no-demo=yes"]}                  | ${/^--no-demo takes no value$/}
    ${["--port", "0"]}                    | ${/^--port 0: must be a whole number from 1 to 14206/}
    ${["--port", "14207"]}                | ${/^--port 14207: /}
    ${["--port", "30e2"]}                 | ${/^--port 30e2: /}
    ${["--port", "-1"]}                   | ${/^--port/}
    ${["--database-url", "mysql://db/x"]} | ${/^--database-url must look like postgres:\/\//}
    ${["--database-url", "postgres://"]}  | ${/^--database-url must look like postgres:\/\//}
  `("$args is refused", ({ args, message }) => {
    expect(() => parseStartFlags(args)).toThrow(UsageError);
    expect(() => parseStartFlags(args)).toThrow(message);
  });
});
