"use client";

import { useCallback } from "react";
import { Button } from "../../../ui/button.tsx";
import { QueryInput } from "../../../ui/query-input.tsx";
import { completeQuery, type Vocabulary } from "../view-model/query/complete-query.ts";
import { parseQuery } from "../view-model/query/parse-query.ts";

interface FieldProps {
  readonly text: string;
  readonly vocabulary: Vocabulary;
  onSearch(text: string): void;
}

const faultOf = (draft: string) => parseQuery(draft).problems[0];

/** The search as text; see {@link QueryInput}. */
export function QueryField({ text, vocabulary, onSearch }: FieldProps) {
  const completionsOf = useCallback(
    (draft: string, caret: number) => completeQuery(draft, caret, vocabulary),
    [vocabulary],
  );
  return (
    <QueryInput
      label="Query"
      placeholder={'service = checkout duration > 200ms status = error http.route = "/pay" "some text"'}
      text={text}
      faultOf={faultOf}
      completionsOf={completionsOf}
      onAsk={onSearch}
      action={(ask, isWrong) => (
        <Button look="primary" className="h-9" onClick={ask} disabled={isWrong}>
          Search
        </Button>
      )}
    />
  );
}
