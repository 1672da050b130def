"use client";

import { Search } from "lucide-react";
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import { CompletionList } from "./completion-list.tsx";
import { QueryProblem } from "./query-problem.tsx";

/** What may stand at the caret: `insert` takes the place of the text from `from` to before `to`. */
export interface QueryCompletion {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
}

/** What is wrong with a query, from `from` to before `to`. */
export interface QueryFault {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

interface QueryInputProps {
  readonly label: string;
  readonly placeholder: string;
  /** As it was last asked for. */
  readonly text: string;
  faultOf(draft: string): QueryFault | undefined;
  completionsOf(draft: string, caret: number): readonly QueryCompletion[];
  onAsk(text: string): void;
  /** Ask on every change that is no fault, not only by Enter. */
  readonly asYouType?: boolean;
  /** A button beside the field, told whether the draft can be asked for. */
  readonly action?: (ask: () => void, isWrong: boolean) => ReactNode;
}

/**
 * A query as text, with what may come next at the caret (the ARIA pattern of a combobox) and what is wrong with it.
 * Enter asks; a query with a mistake stays in the field.
 */
export function QueryInput(props: QueryInputProps) {
  const { label, placeholder, text, faultOf, completionsOf, onAsk, asYouType = false, action } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(text);
  const [draft, setDraft] = useState(text);
  const [caret, setCaret] = useState<number>();
  const [at, setAt] = useState(-1);
  useEffect(() => {
    // What came back is what was asked for, perhaps trimmed: it must not move the caret of somebody who types on.
    if (text !== asked.current) setDraft(text);
    asked.current = text;
  }, [text]);
  const fault = useMemo(() => faultOf(draft), [draft, faultOf]);
  const offers = useMemo(
    () => (caret === undefined ? [] : completionsOf(draft, caret)),
    [draft, caret, completionsOf],
  );
  const isOpen = offers.length > 0;

  const ask = (query: string) => {
    if (faultOf(query)) return;
    asked.current = query.trim();
    onAsk(query.trim());
  };
  const change = (next: string, end: number | undefined) => {
    setDraft(next);
    setCaret(end);
    setAt(-1);
    if (asYouType) ask(next);
  };
  const close = () => {
    setCaret(undefined);
    setAt(-1);
  };
  const look = () => {
    setCaret(input.current?.selectionStart ?? undefined);
    setAt(-1);
  };
  const take = ({ from, to, insert }: QueryCompletion) => {
    const end = from + insert.length;
    change(draft.slice(0, from) + insert + draft.slice(to), end);
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end));
  };
  const submit = () => {
    close();
    ask(draft);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const chosen = offers[at];
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && isOpen) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setAt((now) => (now + step + offers.length + (now < 0 && step < 0 ? 1 : 0)) % offers.length);
    } else if ((event.key === "Enter" || event.key === "Tab") && chosen) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === "Enter") {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && isOpen) {
      event.stopPropagation();
      close();
    }
  };

  return (
    <div className="flex min-w-0 grow flex-col gap-1">
      <div className="relative flex gap-2">
        <Search size={15} aria-hidden className="absolute top-2.5 left-2.5 text-faint" />
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={isOpen}
          aria-controls={`${id}-offers`}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? `${id}-problem` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={draft}
          onChange={(event) => change(event.target.value, event.target.selectionStart ?? undefined)}
          onFocus={look}
          onClick={look}
          onBlur={close}
          onKeyDown={onKeyDown}
          className="h-9 min-w-0 grow rounded-md border border-line-strong bg-surface pr-2 pl-8 font-mono text-[0.8125rem] aria-invalid:border-failing"
        />
        {action?.(submit, fault !== undefined)}
        {isOpen && <CompletionList id={id} offers={offers} at={at} onTake={take} />}
      </div>
      {fault && <QueryProblem id={`${id}-problem`} text={draft} problem={fault} />}
    </div>
  );
}
