import { z } from "zod";
import { isStorable, notStorable } from "../text/is-storable.ts";
import {
  type NotificationSeverity,
  type NotificationTopic,
  notificationSeverities,
  notificationTopics,
} from "./notification-topic.ts";

/** Something that happened, in words and as facts. */
export interface Notification {
  readonly topic: NotificationTopic;
  /** What exactly, such as `policy.put`, `rollout.rollBack`, `service.failing`. */
  readonly type: string;
  readonly severity: NotificationSeverity;
  /** One sentence without its end. */
  readonly title: string;
  /** Who and why, or what it rests on; may be empty. */
  readonly text: string;
  /** Where the console shows it: path and query. */
  readonly path: string;
  /** The same for machines. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * `slack`: what Slack's incoming webhooks take, and those that are like them; `json`: signed, after Standard Webhooks; `grafana`:
 * annotations, by which each change is a line on every panel that asks for their tags.
 */
export const NotificationFormat = z.enum(["slack", "json", "grafana"]);
export type NotificationFormat = z.infer<typeof NotificationFormat>;

/** An address that requests may be sent to. */
export const WebhookUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .max(2_000, "must be 2000 characters at most")
  .refine(isStorable, notStorable)
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && url.username === "" && url.password === "";
  }, "must not hold a user or a password")
  .refine(
    (text) => !/^(169\.254\.|\[(fe[89ab].:|::ffff:a9fe:))/.test(URL.parse(text)?.hostname ?? ""),
    "must not be link-local: nothing is sent there",
  );

const Target = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "needs a name")
    .max(80, "must be 80 characters at most")
    .refine(isStorable, notStorable),
  url: WebhookUrl,
  format: NotificationFormat,
  /** Told of these alone. */
  topics: z
    .array(z.enum(notificationTopics))
    .min(1, "needs at least one topic")
    .transform((topics) => [...new Set(topics)]),
  /** What is less severe is not told. */
  leastSeverity: z.enum(notificationSeverities),
  /** Of a service account that may write annotations; of Grafana alone. Kept, and never shown. */
  token: z
    .string()
    .max(500, "must be 500 characters at most")
    .regex(/^[A-Za-z0-9._~+/-]+=*$/, "must be a bearer token (RFC 6750 2.1)")
    .optional(),
});

/** Whom to tell, of what, and how. */
export const NotificationTarget = Target.refine(
  ({ format, token }) => (format === "grafana") === (token !== undefined),
  { path: ["token"], error: "is needed for Grafana, and for it alone" },
);
export type NotificationTarget = z.infer<typeof NotificationTarget>;

/** What of a target can be changed; an absent address, and an absent token, stay as they are. */
export const TargetChange = Target.omit({ format: true }).partial({ url: true });
export type TargetChange = z.infer<typeof TargetChange>;

/**
 * A secret as Standard Webhooks writes one: 24 to 64 random bytes in Base64 behind `whsec_`. Padding may be left away, as it may
 * be for those who sign with it.
 */
export const WebhookSecret = z
  .string()
  .refine(isWebhookSecret, "must be whsec_ and 24 to 64 bytes in Base64");

function isWebhookSecret(text: string): boolean {
  const [, encoded] =
    /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)$/.exec(text) ?? [];
  const bytes = encoded === undefined ? 0 : atob(encoded).length;
  return bytes >= 24 && bytes <= 64;
}
