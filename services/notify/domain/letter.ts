import { english } from './english';
import type { Content, Language, Locale, Wording } from './language';
import { layHtml, layPlain } from './layout';
import { russian } from './russian';

/** A letter ready to be sent. */
export interface ComposedLetter {
  subject: string;
  text: string;
  html: string;
}

const languages: Record<Locale, Language> = { en: english, ru: russian };

/** Composes a letter in the reader's language, as plain text and as HTML. */
export function composeLetter(locale: Locale, nickname: string, content: Content): ComposedLetter {
  const { greeting, signature, templates } = languages[locale];
  const write = templates[content.template] as (content: Content) => Wording;
  const { subject, paragraphs } = write(onOneLine(content));
  const lines = [greeting(oneLine(nickname)), ...paragraphs, signature];
  return { subject, text: layPlain(lines), html: layHtml(locale, lines) };
}

/** Puts each value on one line: values come from people and the bank, and may not forge a line. */
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
