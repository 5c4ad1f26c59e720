import { useTranslation } from 'react-i18next';
import { signOf } from '../../../lib/money';
import { middleOf, partOf } from '../../../lib/rate';
import { Amount } from '../../../ui/amount';
import classes from '../prices.module.css';
import type { Rule } from '../written-formula';

const EXAMPLES = ['lowest', 'middle', 'highest'] as const;

/** What the lowest, the middle and the highest price charge and pay; warns when nobody gains. */
export function Example({ rule: { lowest, highest, feeRate, rewardRate } }: { rule: Rule }) {
  const { t } = useTranslation('prices');
  const prices = { lowest, middle: middleOf(lowest, highest), highest };
  const rows = EXAMPLES.flatMap((which) => {
    const price = prices[which];
    const [fee, reward] = [partOf(price, feeRate), partOf(price, rewardRate)];
    return fee && reward ? [{ which, price, fee, reward }] : [];
  });
  const hasNoGain = rows.some(({ fee, reward }) => {
    const gain = BigInt(reward.amount) - BigInt(fee.amount);
    return signOf({ ...fee, amount: String(gain) }) <= 0;
  });
  return (
    <>
      <table className={classes['example']}>
        <caption>{t('form.example')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('form.which')}</th>
            <th scope="col">{t('form.price')}</th>
            <th scope="col">{t('form.feeColumn')}</th>
            <th scope="col">{t('form.rewardColumn')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ which, price, fee, reward }) => (
            <tr key={which}>
              <th scope="row">{t(`form.examples.${which}`)}</th>
              {[price, fee, reward].map((value, column) => (
                <td key={column}>
                  <Amount value={value} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {hasNoGain && (
        <p className={classes['warning']} role="status">
          ⚠ {t('form.noGain')}
        </p>
      )}
    </>
  );
}
