-- What an enforcement's policies and services did over time, as its page draws it: kept when the watch is over, since the counts it is made
-- of are not kept for long. Beside the enforcement and not in its row, which lists and guards read again and again.
CREATE TABLE enforcement_course (
  enforcement_id integer PRIMARY KEY REFERENCES enforcement (id),
  course         jsonb NOT NULL,
  is_final       boolean NOT NULL,               -- until then it is drawn anew, with what came after the end
  kept_at        timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TRIGGER enforcement_course_immutable BEFORE UPDATE ON enforcement_course
  FOR EACH ROW WHEN (OLD.is_final) EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER enforcement_course_undeletable BEFORE DELETE ON enforcement_course
  FOR EACH ROW EXECUTE FUNCTION weir_refuse_change();
CREATE TRIGGER enforcement_course_kept BEFORE TRUNCATE ON enforcement_course
  FOR EACH STATEMENT EXECUTE FUNCTION weir_refuse_change();
