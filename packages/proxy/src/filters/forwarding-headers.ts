import type { FieldEdit, Filter } from "./filter.ts";

const plain: FieldEdit = { op: "set", name: "x-forwarded-proto", value: "http" };
const secure: FieldEdit = { op: "set", name: "x-forwarded-proto", value: "https" };

/** `x-forwarded-for` gets the peer's address at its end; `x-forwarded-proto` is set where nobody before did. */
export function forwardingHeaders(): Filter {
  return {
    name: "forwarding-headers",
    onRequest({ peerAddress, encrypted, fields }) {
      const edits: FieldEdit[] = [];
      if (peerAddress !== "")
        edits.push({ op: "append", name: "x-forwarded-for", value: plainAddress(peerAddress) });
      if (fields.get("x-forwarded-proto") === undefined) edits.push(encrypted ? secure : plain);
      return edits;
    },
  };
}

/** An IPv4 caller of a dual-stack listener shows as `::ffff:192.0.2.1`. */
function plainAddress(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
