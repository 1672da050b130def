/** What Postgres (in English, LC_ALL=C) says before it gives up, and how we say it. First match wins. */
const explanations: readonly { when: RegExp; say: (found: RegExpExecArray, directory: string) => string }[] =
  [
    { when: /No space left on device/, say: (_, directory) => `the disk that holds ${directory} is full` },
    {
      when: /Address already in use/,
      say: () => "its port is taken by another program",
    },
    {
      when: /initialized by PostgreSQL version (\S+), which is not compatible with this version (\S+)/,
      say: ([, data, program], directory) =>
        `the data in ${directory} was made by Postgres ${data} and this is ${program}; choose another --data-dir, or move the data by pg_dump`,
    },
    {
      when: /lock file "postmaster.pid" already exists/,
      say: (_, directory) => `its data in ${directory} is in use by another Postgres`,
    },
    {
      when: /could not create shared memory|could not map anonymous shared memory/,
      say: () => "there is too little memory",
    },
    { when: /Permission denied/, say: (_, directory) => `it may not read or write its data in ${directory}` },
  ];

/** One sentence for why Postgres or initdb ended, from the last of what it logged. */
export function explainLog(output: string, directory: string): string {
  for (const { when, say } of explanations) {
    const found = when.exec(output);
    if (found) return say(found, directory);
  }
  const lines = output.split("\n").filter((line) => /FATAL|PANIC|error/.test(line));
  return (lines.at(-1) ?? output.trim().split("\n").at(-1))?.trim() || "it ended without a word";
}
