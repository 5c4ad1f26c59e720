import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance } from 'i18next';

const FOLDER = join(__dirname, '../../../src/i18n');

export type Language = 'en' | 'ru';

/** Says a text of the application: `say('tasks:row.finish', { reward })`. Throws without one. */
export type Say = (key: string, values?: Record<string, unknown>) => string;

/** Returns the texts of a language, as the pages say them. */
export async function textsIn(language: Language): Promise<Say> {
  const texts: Record<string, object> = {};
  for (const file of readdirSync(join(FOLDER, language))) {
    const module = (await import(join(FOLDER, language, file))) as Record<string, object>;
    texts[basename(file, '.ts')] = Object.values(module)[0]!;
  }
  const i18n = createInstance();
  await i18n.init({
    lng: language,
    fallbackLng: false,
    ns: Object.keys(texts),
    defaultNS: 'common',
    resources: { [language]: texts },
    interpolation: { escapeValue: false },
  });
  return (key, values) => {
    if (!i18n.exists(key, values)) throw new Error(`There is no text ${key} in ${language}`);
    return i18n.t(key, values);
  };
}
