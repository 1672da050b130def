import { CopyButton } from "../../../ui/copy-button.tsx";

/** A text in full with a button that copies it. `what` names it: "trace id". */
export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <code className="break-all font-mono text-xs">{text}</code>
      <CopyButton text={text} what={what} />
    </span>
  );
}
