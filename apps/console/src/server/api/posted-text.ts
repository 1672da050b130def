import { TRPCError } from "@trpc/server";
import { maxPolicyText } from "@weir/policy-text";

/** Text of a request's body, read no further than a policy may be long. @throws TRPCError for one that is longer. */
export async function postedText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  const body: AsyncIterable<Uint8Array> | Iterable<never> = request.body ?? [];
  for await (const bytes of body) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > maxPolicyText)
      throw new TRPCError({
        code: "PAYLOAD_TOO_LARGE",
        message: `no more than ${maxPolicyText} characters are read`,
      });
  }
  return text + decoder.decode();
}
