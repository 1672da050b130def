// Exit status 0 when http://127.0.0.1:<port>/healthz answers 2xx: what HEALTHCHECK of every image runs.
const port = process.argv[2];
const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(
  () => undefined,
);
process.exit(answer?.ok ? 0 : 1);
