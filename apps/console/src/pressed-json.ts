/**
 * How a page asks for JSON that the server has pressed once for all who show the same: as a type of content (RFC 6713), since Next
 * takes `content-encoding` off what a route answers and would press the same map anew for each page.
 */
export const pressedType = "application/gzip";

/** The answer as the JSON it stands for. */
export function unpressed(response: Response): Response {
  if (response.headers.get("content-type") !== pressedType || !response.body) return response;
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  headers.set("content-type", "application/json");
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip")), {
    ...{ status, statusText, headers },
  });
}
