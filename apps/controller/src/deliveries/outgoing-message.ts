import type { DueDelivery } from "@weir/store";
import { signedHeaders } from "../webhooks/signed-headers.ts";
import { grafanaAnnotation } from "./grafana-annotation.ts";
import { jsonMessage } from "./json-message.ts";
import { slackMessage } from "./slack-message.ts";

interface OutgoingMessage {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is sent where, in the receiver's format, at this attempt. Throws where a secret is none. */
export function outgoingMessage(
  { to: { url, format, secret }, notification }: DueDelivery,
  consoleUrl: string,
  now: Date,
): OutgoingMessage {
  switch (format) {
    case "slack":
      return { url, headers: json, body: slackMessage(notification, consoleUrl) };
    case "grafana":
      return {
        url: annotationsOf(url),
        headers: { ...json, authorization: `Bearer ${secret}` },
        body: grafanaAnnotation(notification, consoleUrl),
      };
    case "json": {
      const body = jsonMessage(notification, consoleUrl);
      return { url, headers: signedHeaders({ id: `msg_${notification.uid}`, body, secret }, now), body };
    }
  }
}

/** Of a Grafana by its address, of which a query or a fragment is no part. */
function annotationsOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, "")}/api/annotations`;
}

const json = { "content-type": "application/json" };
