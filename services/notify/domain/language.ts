import type { Money } from '../../shared/kernel/money';

export type Locale = 'en' | 'ru';

/** Content of each template; amounts in minor units, bank accounts masked. */
export interface Contents {
  'payout-paid': { day: string; amount: Money };
  'payout-refused': { day: string; amount: Money; reason: string };
  'payout-returned': { day: string; amount: Money; reason: string };
  /** Kind and day of the corrected entry; the amount is the signed change of the balance. */
  'entry-reversed': {
    kind: 'fee' | 'reward' | 'reversal';
    day: string;
    amount: Money;
    reason: string;
  };
  'bank-account-changed': { bankAccount: string };
  'beak-shape-changed': Record<never, never>;
  'beak-shape-reset': { nickname: string; by: string };
  'email-changed': { newEmail: string };
}
export type Template = keyof Contents;
/** Content of a letter, with its template. */
export type Content = { [T in Template]: { template: T } & Contents[T] }[Template];

/** Text of a letter before layout. */
export interface Wording {
  subject: string;
  /** In reading order, without greeting and signature. */
  paragraphs: string[];
}

/** All texts of one language. */
export interface Language {
  greeting(nickname: string): string;
  signature: string;
  templates: { [T in Template]: (content: Contents[T]) => Wording };
}
