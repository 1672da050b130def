"use client";

import { useEffect, useState } from "react";

interface FieldProps {
  readonly name: string;
  readonly id: string | null;
  onChange(id: string | null): void;
}

/** The id of a trace; a page's address may be pasted as well. Goes on when the field is left or Enter is pressed. */
export function TraceIdField({ name, id, onChange }: FieldProps) {
  const [text, setText] = useState(id ?? "");
  useEffect(() => setText(id ?? ""), [id]);
  const commit = () => {
    const next = /[0-9a-f]{32}/i.exec(text)?.[0].toLowerCase() ?? text.trim();
    if (next !== (id ?? "")) onChange(next === "" ? null : next);
  };
  return (
    <label className="flex min-w-0 grow flex-col gap-1">
      <span className="text-faint text-xs">Trace {name}</span>
      <input
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="id or address of a trace"
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
        className="h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 font-mono text-xs"
      />
    </label>
  );
}
