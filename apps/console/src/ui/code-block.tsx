import { CopyButton } from "./copy-button.tsx";

/** Lines to be copied as they are. `what` names them for the copy button: "the command". */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (axe: scrollable-region-focusable) */}
      <pre tabIndex={0} className="overflow-x-auto p-3 pr-12 font-mono text-text text-xs leading-5">
        {text}
      </pre>
      <span className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={text} what={what} />
      </span>
    </div>
  );
}
