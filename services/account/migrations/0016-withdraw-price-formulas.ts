import type { Migration } from '../../shared/db/migration';

/** Price formulas withdrawn before their start. */
export const withdrawPriceFormulas: Migration = {
  name: 'WithdrawPriceFormulas1760000000016',
  sql: `
-- Formulas are append-only: a withdrawal is a row of its own. No formula comes back.
CREATE TABLE withdrawn_price_formulas (
  version integer PRIMARY KEY REFERENCES price_formulas,
  withdrawn_by uuid NOT NULL,
  withdrawn_at timestamptz NOT NULL
);
CREATE TRIGGER withdrawn_price_formulas_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON withdrawn_price_formulas
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON withdrawn_price_formulas FROM %I',
    current_database() || '_app');
END $$;

-- No price is drawn by a withdrawn formula, whatever version of the code draws it.
CREATE FUNCTION refuse_withdrawn_formula() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT FROM withdrawn_price_formulas WHERE version = NEW.formula_version) THEN
    RAISE EXCEPTION 'the price of task % is drawn by the withdrawn formula %',
      NEW.task_id, NEW.formula_version
      USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER prices_by_valid_formula BEFORE INSERT ON prices FOR EACH ROW
WHEN (NEW.formula_version IS NOT NULL) EXECUTE FUNCTION refuse_withdrawn_formula();
`,
};
