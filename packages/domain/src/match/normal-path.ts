/**
 * A path as authorization compares it, so that no spelling of it slips past a rule (Istio: path normalization
 * BASE, RFC 3986 6.2.2): escapes of unreserved characters decoded, `\` as `/`, dot segments removed. Escaped
 * slashes stay escaped and repeated slashes stay repeated, because upstreams differ about what they mean.
 */
export function normalPath(path: string): string {
  if (!/[%\\]|\/\./.test(path)) return path;
  const decoded = path
    .replace(/%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e)/gi, (escaped) =>
      String.fromCharCode(Number.parseInt(escaped.slice(1), 16)),
    )
    .replaceAll("\\", "/");
  if (!decoded.startsWith("/")) return decoded;
  const kept: string[] = [];
  const segments = decoded.split("/").slice(1);
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment !== ".." && segment !== ".") kept.push(segment);
    else if (last) kept.push("");
  });
  return `/${kept.join("/")}`;
}
