import type { Money } from '../../shared/kernel/money';
import { english } from './english';
import { layHtml, layPlain } from './layout';
import { russian } from './russian';

export type Locale = 'en' | 'ru';

/** What each template is told; amounts in minor units, bank accounts masked. */
export interface Contents {
  'payout-paid': { day: string; amount: Money };
  'payout-refused': { day: string; amount: Money; reason: string };
  'bank-account-changed': { bankAccount: string };
  'beak-shape-changed': Record<never, never>;
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

/** A letter ready to be sent. */
export interface ComposedLetter {
  subject: string;
  text: string;
  html: string;
}

const languages: Record<Locale, Language> = { en: english, ru: russian };

/** Writes a letter to somebody in their language, as plain text and as HTML. */
export function composeLetter(locale: Locale, nickname: string, content: Content): ComposedLetter {
  const { greeting, signature, templates } = languages[locale];
  const write = templates[content.template] as (content: Content) => Wording;
  const { subject, paragraphs } = write(onOneLine(content));
  const lines = [greeting(oneLine(nickname)), ...paragraphs, signature];
  return { subject, text: layPlain(lines), html: layHtml(locale, lines) };
}

/** Values come from people and from the bank: none of them may begin a line of its own. */
function onOneLine(content: Content): Content {
  const entries = Object.entries(content).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? oneLine(value) : value,
  ]);
  return Object.fromEntries(entries) as Content;
}

function oneLine(value: string): string {
  return value.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
