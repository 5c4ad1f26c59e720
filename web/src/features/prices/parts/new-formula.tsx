import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { parseMoney } from '../../../lib/money';
import { momentOf } from '../../../lib/time';
import { Confirm } from '../../../ui/confirm';
import { TextInput } from '../../../ui/fields';
import { sayDone } from '../../../ui/toasts';
import { useFaults } from '../../../ui/use-faults';
import { useLanguage } from '../../../ui/use-language';
import classes from '../prices.module.css';
import { TOUCHES, type PriceFormula } from '../queries';
import {
  bodyOf,
  isWhole,
  readFormula,
  writtenFormula,
  type WrittenFormula,
} from '../written-formula';
import { Example } from './example';
import { StartFields, type StartValue } from './start-fields';

/** A new version of the formula, with a live example; starts now or later. */
export function NewFormula({ based, onClose }: { based: PriceFormula; onClose: () => void }) {
  const { t } = useTranslation('prices');
  const { currency } = based.priceMin;
  const language = useLanguage();
  const [initial] = useState(() => writtenFormula(based, language));
  const [written, setWritten] = useState(initial);
  const [start, setStart] = useState<StartValue>({ isNow: true, at: '' });
  const { send, isBusy, problem } = useChange('post', '/api/v1/price-formulas', {
    touches: TOUCHES,
    onDone() {
      sayDone(t('form.started'));
      onClose();
    },
  });
  const faultOf = useFaults(problem);
  const rule = readFormula(written, currency);
  const validFrom = start.isNow ? null : momentOf(start.at);
  return (
    <Confirm
      title={t('new')}
      action={t('form.action')}
      isBusy={isBusy}
      isDisabled={!isWhole(rule) || (!start.isNow && validFrom === null)}
      isTouched={written !== initial || !start.isNow}
      problem={problem}
      onClose={onClose}
      onConfirm={() => isWhole(rule) && send({ body: bodyOf(rule, validFrom) })}
    >
      <FormulaFields
        written={written}
        currency={currency}
        faultOf={faultOf}
        onChange={(changed) => setWritten((before) => ({ ...before, ...changed }))}
      />
      {isWhole(rule) ? <Example rule={rule} /> : <p className="quiet">{t('form.noExample')}</p>}
      <StartFields value={start} error={faultOf('validFrom')} onChange={setStart} />
      <p className="quiet">{t('form.kept')}</p>
    </Confirm>
  );
}

/** Two amounts and two percentages, each with what is wrong beside it. */
function FormulaFields({
  written,
  currency,
  faultOf,
  onChange,
}: {
  written: WrittenFormula;
  currency: string;
  faultOf: (field: string) => string | undefined;
  onChange: (changed: Partial<WrittenFormula>) => void;
}) {
  const { t } = useTranslation('prices');
  const rule = readFormula(written, currency);
  const isBelow = parseMoney(written.highest, currency) !== null;
  const errors: Record<keyof WrittenFormula, string | undefined> = {
    lowest: rule.lowest ? faultOf('priceMin') : t('form.noMoney'),
    highest: rule.highest ? faultOf('priceMax') : t(isBelow ? 'form.belowLowest' : 'form.noMoney'),
    fee: rule.feeRate ? faultOf('writeOffRate') : t('form.noRate'),
    reward: rule.rewardRate ? faultOf('accrualRate') : t('form.noRate'),
  };
  const pairs = [
    ['lowest', 'highest'],
    ['fee', 'reward'],
  ] as const;
  return pairs.map((pair) => (
    <div key={pair[0]} className={classes['pair']}>
      {pair.map((name) => (
        <TextInput
          key={name}
          label={t(`form.${name}`)}
          inputMode="decimal"
          required
          value={written[name]}
          error={errors[name]}
          onChange={({ currentTarget: { value } }) => onChange({ [name]: value })}
        />
      ))}
    </div>
  ));
}
