import { useTranslation } from 'react-i18next';
import { formatMoney, type Money } from '../../../lib/money';
import { formatRate, partOf } from '../../../lib/rate';
import { useLanguage } from '../../../ui/use-language';
import type { PriceFormula } from '../queries';

/** Returns a formula in words: the range of prices, and what fee and reward are of it. */
export function useFormulaText(): (formula: PriceFormula) => string {
  const { t } = useTranslation('prices');
  const language = useLanguage();
  const money = (value: Money | null): string => (value ? formatMoney(value, language) : '?');
  return ({ priceMin, priceMax, writeOffRate, accrualRate }) =>
    t('formula', {
      lowest: money(priceMin),
      highest: money(priceMax),
      feeRate: formatRate(writeOffRate, language),
      lowestFee: money(partOf(priceMin, writeOffRate)),
      highestFee: money(partOf(priceMax, writeOffRate)),
      rewardRate: formatRate(accrualRate, language),
      lowestReward: money(partOf(priceMin, accrualRate)),
      highestReward: money(partOf(priceMax, accrualRate)),
    });
}
