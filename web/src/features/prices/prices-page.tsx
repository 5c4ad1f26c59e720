import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people';
import { Empty } from '../../ui/empty';
import { Fetched } from '../../ui/fetched';
import { ListEnd } from '../../ui/list-end';
import { Rows } from '../../ui/rows';
import { useNow } from '../../ui/use-now';
import { NewFormula } from './parts/new-formula';
import { Start, State } from './parts/standing';
import { useFormulaText } from './parts/use-formula-text';
import { Withdraw } from './parts/withdraw';
import classes from './prices.module.css';
import { formulaInForce, stateOf, useFormulas, type PriceFormula } from './queries';

const ROWS = 5;

/** What a task is worth: the formula in force, and all versions of it. */
export function PricesPage() {
  const { t } = useTranslation('prices');
  const formulas = useFormulas();
  const now = useNow();
  const inForce = formulaInForce(formulas.data ?? [], now);
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <div className={classes['head']}>
        <h1>{t('title')}</h1>
        <Button disabled={!inForce} onClick={() => setAdding(true)}>
          {t('new')}
        </Button>
      </div>
      <Fetched query={formulas} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t('empty')} />
          ) : (
            <>
              {inForce && <InForce formula={inForce} />}
              <Versions formulas={items} inForce={inForce} now={now} />
            </>
          )
        }
      </Fetched>
      <ListEnd list={formulas} shown={formulas.data?.length ?? 0} />
      {isAdding && inForce && <NewFormula based={inForce} onClose={() => setAdding(false)} />}
    </>
  );
}

function InForce({ formula }: { formula: PriceFormula }) {
  const { t } = useTranslation('prices');
  const textOf = useFormulaText();
  return (
    <section className={classes['now']}>
      <h2>
        {t('inForce')}: <Start formula={formula} isSentence />
      </h2>
      <p>{textOf(formula)}</p>
    </section>
  );
}

function Versions({
  formulas,
  inForce,
  now,
}: {
  formulas: readonly PriceFormula[];
  inForce: PriceFormula | undefined;
  now: number;
}) {
  const { t } = useTranslation('prices');
  const textOf = useFormulaText();
  const nameOf = usePeople(formulas.map(({ createdBy }) => createdBy));
  const by = ({ createdBy }: PriceFormula): string =>
    createdBy === null ? t('installed') : nameOf(createdBy);
  const state = (formula: PriceFormula) => <State state={stateOf(formula, inForce, now)} />;
  const action = (formula: PriceFormula) =>
    stateOf(formula, inForce, now) === 'planned' && <Withdraw formula={formula} />;
  return (
    <Rows
      caption={t('caption')}
      rows={formulas}
      keyOf={({ version }) => String(version)}
      columns={[
        {
          key: 'version',
          title: t('columns.version'),
          cell: (each) => each.version,
          width: '72px',
        },
        { key: 'start', title: t('columns.start'), cell: (each) => <Start formula={each} /> },
        { key: 'formula', title: t('columns.formula'), cell: textOf, width: '50%' },
        { key: 'by', title: t('columns.by'), cell: by },
        { key: 'state', title: t('columns.state'), cell: state },
        { key: 'action', title: t('columns.action'), cell: action },
      ]}
      card={(formula) => (
        <div className={classes['card']}>
          <span>
            {formula.version} · <Start formula={formula} />
          </span>
          {state(formula)}
          <span className={classes['wide']}>{textOf(formula)}</span>
          <span className="quiet">{by(formula)}</span>
          {action(formula)}
        </div>
      )}
    />
  );
}
