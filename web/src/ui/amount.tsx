import { formatMoney, signOf, type Money, type Sign } from '../lib/money';
import { useLanguage } from './use-language';

/**
 * Money. `tone` colours it by meaning: good for money in, out for money out and below zero; the
 * sign says the same without colour.
 */
export function Amount({
  value,
  sign = 'negative',
  tone = 'none',
}: {
  value: Money;
  sign?: Sign;
  tone?: 'none' | 'meaning';
}) {
  const language = useLanguage();
  const meaning = { '-1': 'var(--out)', '0': undefined, '1': 'var(--good)' }[signOf(value)];
  const color = tone === 'meaning' ? meaning : undefined;
  return (
    <span className="money" style={{ color }}>
      {formatMoney(value, language, sign)}
    </span>
  );
}
