const loopbackName = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Is this Host one of ours? A page of somebody else's can point its own name at 127.0.0.1 (DNS rebinding); it
 * cannot choose the Host that the browser sends for it.
 */
export function isAllowedHost(host: string | null, allowedHosts: readonly string[]): boolean {
  if (host === null) return false;
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return loopbackName.test(name) || allowedHosts.includes(name);
}

/**
 * Does this request come from the console's own page? Browsers state where a request comes from in Origin and in
 * Sec-Fetch-Site (Fetch, W3C Fetch Metadata) and no page can forge them; a client that is no browser sends neither.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null && site !== "same-origin") return false;
  const origin = headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host")?.toLowerCase();
}
