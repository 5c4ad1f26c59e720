import { useTranslation } from 'react-i18next';
import { formatShare, negated } from '../../../lib/money';
import { Amount } from '../../../ui/amount';
import { useLanguage } from '../../../ui/use-language';
import type { Task } from '../queries';
import classes from '../task.module.css';

/** Price, fee and reward, each with what it is in words. */
export function Sums({ task: { price, fee, reward } }: { task: Task }) {
  const { t } = useTranslation('task');
  const language = useLanguage();
  const feeShare = formatShare(fee, price, language);
  const rewardShare = formatShare(reward, price, language);
  return (
    <dl className={classes['sums']}>
      <div>
        <dt>{t('sums.price')}</dt>
        <dd>
          <Amount value={price} />
        </dd>
        <dd className="quiet">{t('sums.priceWhy')}</dd>
      </div>
      <div>
        <dt>{t('sums.fee')}</dt>
        <dd>
          <Amount value={negated(fee)} sign="always" tone="meaning" />
        </dd>
        <dd className="quiet">{feeShare && t('sums.feeWhy', { share: feeShare })}</dd>
      </div>
      <div>
        <dt>{t('sums.reward')}</dt>
        <dd>
          <Amount value={reward} sign="always" tone="meaning" />
        </dd>
        <dd className="quiet">{rewardShare && t('sums.rewardWhy', { share: rewardShare })}</dd>
      </div>
    </dl>
  );
}
