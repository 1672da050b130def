type Environment = Readonly<Record<string, string | undefined>>;

/** What any program needs to find its way on this machine. */
const common =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|NODE_EXTRA_CA_CERTS|NODE_COMPILE_CACHE)$/i;
/** What a person may set for Weir's own processes. */
const own = /^(LOG_LEVEL|WEIR_.*|OTEL_.*)$/;

/**
 * The environment of Weir's own processes. Named, not filtered: a person's HTTP_PROXY, NODE_OPTIONS, PORT or
 * npm settings would otherwise reach processes that are about something else.
 */
export function weirEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, (name) => common.test(name) || own.test(name));
}

/** The environment of the shop: it knows nothing of the mesh, nor of the person's settings for it. */
export function shopEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, (name) => common.test(name));
}

function pick(environment: Environment, wanted: (name: string) => boolean): Record<string, string> {
  const entries = Object.entries(environment).filter(
    (entry): entry is [string, string] => wanted(entry[0]) && Boolean(entry[1]),
  );
  // glibc keeps a heap for each thread; two are enough, and save tens of megabytes over thirty processes.
  return { MALLOC_ARENA_MAX: "2", ...Object.fromEntries(entries) };
}
