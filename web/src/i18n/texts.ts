import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keepPreference, readPreference } from '../lib/preferences';
import type { Language } from '../lib/money';
import type { Texts } from './namespaces';

/** One file per language and feature; each is loaded with the pages that need it. */
const files = import.meta.glob<Record<string, object>>('./{en,ru}/*.ts');

/** Namespaces that pages have asked for, to be loaded again in another language. */
const asked = new Set<keyof Texts>(['common']);

/** The language that is shown, or will be as soon as its texts have arrived. */
let wanted: Language = 'en';

async function load(language: Language, namespace: keyof Texts): Promise<void> {
  if (i18next.hasResourceBundle(language, namespace)) return;
  const file = files[`./${language}/${namespace}.ts`];
  if (!file) throw new Error(`There are no texts ${language}/${namespace}`);
  const [texts] = Object.values(await file());
  i18next.addResourceBundle(language, namespace, texts!);
}

/** Loads texts of a feature in the current language, and in the one that is about to be shown. */
export async function loadTexts(...namespaces: readonly (keyof Texts)[]): Promise<void> {
  for (const namespace of namespaces) asked.add(namespace);
  const languages = [...new Set([currentLanguage(), wanted])];
  await Promise.all(
    namespaces.flatMap((namespace) => languages.map((language) => load(language, namespace))),
  );
}

/** The language of the page. */
export function currentLanguage(): Language {
  return i18next.language as Language;
}

function show(language: Language): void {
  document.documentElement.lang = language;
}

/** Starts with the language that was used last, else the browser's. */
export async function startTexts(): Promise<void> {
  const language =
    readPreference('language') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en');
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
  wanted = language;
  show(language);
  await loadTexts('common');
}

/** Shows everything in another language, without a reload. */
export async function changeLanguage(language: Language): Promise<void> {
  wanted = language;
  if (language === currentLanguage()) return;
  await Promise.all([...asked].map((namespace) => load(language, namespace)));
  // Another one was chosen meanwhile.
  if (wanted !== language) return;
  keepPreference('language', language);
  show(language);
  await i18next.changeLanguage(language);
}
