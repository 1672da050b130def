/** The lines of an answer as they come; what follows the last line end is none, since it was cut off. */
export async function* linesOf(response: Response): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  const body: AsyncIterable<Uint8Array> | Iterable<never> = response.body ?? [];
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
