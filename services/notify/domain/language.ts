import type { Money } from '../../shared/kernel/money';

export type Locale = 'en' | 'ru';

/** What each template is told; amounts in minor units, bank accounts masked. */
export interface Contents {
  'payout-paid': { day: string; amount: Money };
  'payout-refused': { day: string; amount: Money; reason: string };
  'bank-account-changed': { bankAccount: string };
  'beak-shape-changed': Record<never, never>;
  'beak-shape-reset': { nickname: string; by: string };
  'email-changed': { newEmail: string };
}
export type Template = keyof Contents;
/** What a letter says. */
export type Content = { [T in Template]: { template: T } & Contents[T] }[Template];

/** A letter's words, before they are laid out. */
export interface Wording {
  subject: string;
  /** In reading order, greeting and signature apart. */
  paragraphs: string[];
}

/** Everything Popug can say in one language. */
export interface Language {
  greeting(nickname: string): string;
  signature: string;
  templates: { [T in Template]: (content: Contents[T]) => Wording };
}
