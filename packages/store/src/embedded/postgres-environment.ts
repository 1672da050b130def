/**
 * The whole environment of Postgres's own programs: nothing of ours reaches them. NODE_ENV means nothing to them;
 * it stands here because the console's types, which see this file too, know no environment without one.
 */
export const postgresEnvironment: NodeJS.ProcessEnv = {
  LC_ALL: "C",
  PATH: "/usr/bin:/bin",
  NODE_ENV: "production",
};
