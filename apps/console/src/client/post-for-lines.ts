/** What the read API answers to what is wrong (RFC 9457). */
interface ProblemAnswer {
  readonly detail?: unknown;
}

/**
 * Posts a text to the read API and gives each line of its answer, a JSON value, as it comes. Leaving the loop, or aborting,
 * ends the request.
 * @throws Error with the console's words for what it refuses.
 */
export async function* postForLines<Line>(
  path: string,
  text: string,
  signal: AbortSignal,
): AsyncGenerator<Line, void, undefined> {
  const response = await fetch(`/api/v1${path}`, { method: "POST", body: text, signal });
  if (!response.ok || response.body === null) throw new Error(await refusalOf(response));
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as Line;
    }
  } finally {
    await reader.cancel().catch(() => {}); // it has ended already
  }
}

async function refusalOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as ProblemAnswer;
  return typeof problem.detail === "string" ? problem.detail : "the console does not answer";
}
