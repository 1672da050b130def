import { expect, test } from "vitest";
import { NotificationTarget, WebhookSecret } from "./notification.ts";

const target = {
  ...{ name: "on call", url: "https://hooks.example.com/x", format: "json" },
  ...{ topics: ["config", "config", "health"], leastSeverity: "warning" },
};

test("a topic that is named twice counts once", () => {
  expect(NotificationTarget.parse(target).topics).toEqual(["config", "health"]);
});

test.each`
  given                                        | message
  ${{ name: "  " }}                            | ${/needs a name/}
  ${{ url: "ftp://example.com" }}              | ${/http or https/}
  ${{ url: "javascript:alert(1)" }}            | ${/http or https/}
  ${{ url: "hooks.example.com" }}              | ${/http or https/}
  ${{ url: "https://ada:pw@example.com" }}     | ${/user or a password/}
  ${{ url: `https://a.b/${"x".repeat(2e3)}` }} | ${/2000/}
  ${{ url: "http://169.254.169.254/latest" }}  | ${/link-local/}
  ${{ url: "http://0xa9fea9fe/latest" }}       | ${/link-local/}
  ${{ url: "http://[fe80::1]/" }}              | ${/link-local/}
  ${{ url: "http://[::ffff:169.254.1.1]/" }}   | ${/link-local/}
  ${{ token: "glsa_x" }}                       | ${/for it alone/}
  ${{ format: "grafana" }}                     | ${/is needed for Grafana/}
  ${{ format: "grafana", token: "a b" }}       | ${/bearer token/}
  ${{ format: "grafana", token: "a\r\nb" }}    | ${/bearer token/}
  ${{ topics: [] }}                            | ${/at least one/}
  ${{ topics: ["gossip"] }}                    | ${/./}
  ${{ secret: "mine" }}                        | ${/secret/}
`("$given is refused", ({ given, message }) => {
  expect(NotificationTarget.safeParse({ ...target, ...given }).error?.message).toMatch(message);
});

test.each`
  bytes | accepted
  ${23} | ${false}
  ${24} | ${true}
  ${32} | ${true}
  ${64} | ${true}
  ${65} | ${false}
`("a secret of $bytes bytes is accepted: $accepted", ({ bytes, accepted }) => {
  const secret = `whsec_${btoa("x".repeat(bytes))}`;
  expect(WebhookSecret.safeParse(secret).success).toBe(accepted);
  expect(WebhookSecret.safeParse(secret.replace(/=+$/, "")).success).toBe(accepted);
});

test.each(["x".repeat(33), `${"x".repeat(32)}=`, `${"x".repeat(34)}=`, "é".repeat(32), "schlüssel"])(
  "%s is no secret that anything could be signed with",
  (encoded) => expect(WebhookSecret.safeParse(`whsec_${encoded}`).success).toBe(false),
);
