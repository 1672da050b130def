const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Where people who read this page most likely reach what the console reaches at `consolesUrl`. That holds for others only
 * if it names a real host: a loopback name means the console's machine, and a name without a dot a
 * neighbour in its network of containers, whose ports that machine publishes.
 */
export function reachableAddress(consolesUrl: string, pageHostname: string): string {
  const url = new URL(consolesUrl);
  const isOnlyTheConsoles = loopback.test(url.hostname) || !url.hostname.includes(".");
  if (isOnlyTheConsoles) url.hostname = pageHostname === "localhost" ? "127.0.0.1" : pageHostname;
  return url.href.replace(/\/$/, "");
}
