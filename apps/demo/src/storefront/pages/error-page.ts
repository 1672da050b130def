import type { HttpError } from "../../service/http-error.ts";
import { html } from "../html.ts";
import { layout } from "./layout.ts";

export function errorPage({ status, code, message }: HttpError): string {
  const title = status === 404 ? "Not here" : status < 500 ? "That did not work" : "One moment, please";
  return layout(
    title,
    html`<h1>${title}</h1><p>${message}.</p><p class="note">${status} ${code}</p><p><a href="/">Back to the shop</a></p>`,
  );
}
