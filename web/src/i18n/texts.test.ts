import i18next from 'i18next';
import { expect, it } from 'vitest';
import { changeLanguage, loadTexts } from './texts';

it('texts that a page asks for while the language changes come in the new one', async () => {
  const changed = changeLanguage('ru');
  await Promise.all([loadTexts('access'), changed]);
  expect(i18next.t('access:logIn.title')).toBe('Вход');
  await changeLanguage('en');
  expect(i18next.t('access:logIn.title')).toBe('Log in');
});

it('the language that was chosen last wins', async () => {
  await Promise.all([changeLanguage('ru'), changeLanguage('en')]);
  expect(i18next.language).toBe('en');
});
