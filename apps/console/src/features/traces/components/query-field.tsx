"use client";

import { Search } from "lucide-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { type Completion, completeQuery, type Vocabulary } from "../view-model/query/complete-query.ts";
import { parseQuery } from "../view-model/query/parse-query.ts";
import { CompletionList } from "./completion-list.tsx";
import { QueryProblem } from "./query-problem.tsx";

interface FieldProps {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  onSearch(text: string): void;
}

/**
 * The query as text, with what may come next at the caret (the ARIA pattern of a combobox) and what is wrong with it.
 * Enter searches; a query with a mistake stays in the field.
 */
export function QueryField({ text, vocabulary, onSearch }: FieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [caret, setCaret] = useState<number>();
  const [at, setAt] = useState(-1);
  useEffect(() => setDraft(text), [text]);
  const problem = useMemo(() => parseQuery(draft).problems[0], [draft]);
  const offers = useMemo(
    () => (caret === undefined ? [] : completeQuery(draft, caret, vocabulary)),
    [draft, caret, vocabulary],
  );
  const isOpen = offers.length > 0;

  const close = () => {
    setCaret(undefined);
    setAt(-1);
  };
  const look = () => {
    setCaret(input.current?.selectionStart ?? undefined);
    setAt(-1);
  };
  const take = ({ from, to, insert }: Completion) => {
    setDraft(draft.slice(0, from) + insert + draft.slice(to));
    setAt(-1);
    const end = from + insert.length;
    setCaret(end);
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end));
  };
  const search = () => {
    close();
    if (!problem) onSearch(draft.trim());
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
      search();
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
          aria-label="Query"
          aria-expanded={isOpen}
          aria-controls={`${id}-offers`}
          aria-autocomplete="list"
          aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={'service = checkout duration > 200ms status = error http.route = "/pay" "some text"'}
          value={draft}
          onChange={(event) => {
            setDraft(event.target.value);
            setCaret(event.target.selectionStart ?? undefined);
            setAt(-1);
          }}
          onFocus={look}
          onClick={look}
          onBlur={close}
          onKeyDown={onKeyDown}
          className="h-9 min-w-0 grow rounded-md border border-line-strong bg-surface pr-2 pl-8 font-mono text-[0.8125rem] aria-invalid:border-failing"
        />
        <Button look="primary" onClick={search} disabled={problem !== undefined}>
          Search
        </Button>
        {isOpen && <CompletionList id={id} offers={offers} at={at} onTake={take} />}
      </div>
      {problem && <QueryProblem id={`${id}-problem`} text={draft} problem={problem} />}
    </div>
  );
}
