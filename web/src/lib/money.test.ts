import { expect, it } from 'vitest';
import { formatShare } from './money';

const usd = (amount: number) => ({ amount: String(amount), currency: 'USD' });

it.each([
  [1_341, 2_682, '50%'],
  // Half of an odd price was rounded up to a cent.
  [1_803, 3_605, '50%'],
  [2_682, 2_682, '100%'],
  [835, 2_505, '33.3%'],
  [0, 2_000, '0%'],
])('%i of %i is %s', (part, whole, share) => {
  expect(formatShare(usd(part), usd(whole), 'en')).toBe(share);
});

it('a part of nothing has no share', () => {
  expect(formatShare(usd(0), usd(0), 'en')).toBeNull();
});
