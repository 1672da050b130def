import type { DueDelivery } from "@weir/store";

type Told = DueDelivery["notification"];

/**
 * Body for Grafana's annotations (https://grafana.com/docs/grafana/v12.4/developer-resources/api-reference/http-api/annotations/,
 * create annotation): of no dashboard, so that any may ask for it by its tags.
 */
export function grafanaAnnotation(told: Told, consoleUrl: string): string {
  const { at, topic, type, severity, title, text, path } = told;
  const link = `<a href="${escaped(`${consoleUrl}${path}`)}">Open in Weir</a>`;
  return JSON.stringify({
    time: at.getTime(),
    tags: ["weir", topic, type, severity, ...serviceOf(told)],
    text: [escaped(title), escaped(text), link].filter((line) => line !== "").join("<br>"),
  });
}

/** `shop/payments`, of what is about one service. */
function serviceOf({ data: { subject, namespace, service } }: Told): string[] {
  if (typeof namespace === "string" && typeof service === "string") return [`${namespace}/${service}`];
  const [, named] = typeof subject === "string" ? (/^(?:service|rollout)\/(.+)$/s.exec(subject) ?? []) : [];
  return named === undefined ? [] : [named];
}

/** Grafana shows the text as HTML: what telemetry or an author wrote is none. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
