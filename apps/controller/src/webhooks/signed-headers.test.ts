import { WebhookSecret } from "@weir/domain";
import { expect, test } from "vitest";
import { signedHeaders } from "./signed-headers.ts";

const at = new Date("2026-05-04T12:00:00Z");
const signatureWith = (secret: string) =>
  signedHeaders({ id: "msg_1", body: "{}", secret: WebhookSecret.parse(secret) }, at)["webhook-signature"];

test.each([24, 31, 32])("a secret of %i bytes signs without its padding as with it", (bytes) => {
  const secret = `whsec_${btoa("k".repeat(bytes))}`;
  expect(signatureWith(secret)).toMatch(/^v1,/);
  expect(signatureWith(secret.replace(/=+$/, ""))).toBe(signatureWith(secret));
});
