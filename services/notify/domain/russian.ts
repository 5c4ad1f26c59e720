import { formatChange, formatDay, formatSum } from './format';
import type { Language } from './language';

const LOCALE = 'ru';

const NOT_YOU =
  'Если это были не вы, сразу сообщите администратору: кто-то мог войти под вашим именем.';

const ENTRIES = { fee: 'списание', reward: 'начисление', reversal: 'исправление' };

/** The letters in Russian. */
export const russian: Language = {
  greeting: (nickname) => `Здравствуйте, ${nickname}!`,
  signature: 'Popug',
  templates: {
    'payout-paid': ({ day, amount }) => ({
      subject: `Выплата ${formatSum(amount, LOCALE)} за ${formatDay(day, LOCALE)}`,
      paragraphs: [
        `Мы отправили ${formatSum(amount, LOCALE)} на ваш банковский счёт: ` +
          `это ваш заработок по ${formatDay(day, LOCALE)} включительно.`,
        'Из каких задач сложилась эта сумма, видно в вашей выписке в Popug.',
      ],
    }),
    'payout-refused': ({ day, amount, reason }) => ({
      subject: `Проверьте номер счёта: выплата ${formatSum(amount, LOCALE)} не прошла`,
      paragraphs: [
        `Перевод ${formatSum(amount, LOCALE)} (выплата за ${formatDay(day, LOCALE)}) ` +
          'не удался.' +
          (reason === '' ? '' : ` Причина: «${reason}»`),
        'Ничего не пропало: эти деньги по-прежнему ваши и остаются на вашем балансе в Popug.',
        'Проверьте номер банковского счёта в Popug и исправьте его, если в нём ошибка. ' +
          'После этого бухгалтер отправит перевод ещё раз.',
      ],
    }),
    'payout-returned': ({ day, amount, reason }) => ({
      subject: `Проверьте номер счёта: банк вернул ${formatSum(amount, LOCALE)}`,
      paragraphs: [
        `Банк вернул нам вашу выплату за ${formatDay(day, LOCALE)}: ` +
          `${formatSum(amount, LOCALE)}.` +
          (reason === '' ? '' : ` Причина: «${reason}»`),
        'Ничего не пропало: эти деньги снова на вашем балансе в Popug ' +
          'и войдут в следующую выплату.',
        'Проверьте номер банковского счёта в Popug и исправьте его, если в нём ошибка.',
      ],
    }),
    'entry-reversed': ({ kind, day, amount, reason }) => ({
      subject: `Ваш баланс исправлен: ${formatChange(amount, LOCALE)}`,
      paragraphs: [
        `Бухгалтер исправил запись за ${formatDay(day, LOCALE)} (${ENTRIES[kind]}). ` +
          `Ваш баланс изменился на ${formatChange(amount, LOCALE)}.`,
        `Причина: «${reason}»`,
        'Обе записи видны в вашей выписке в Popug. Если остались вопросы, спросите бухгалтера.',
      ],
    }),
    'bank-account-changed': ({ bankAccount }) => ({
      subject: 'Изменён номер вашего банковского счёта',
      paragraphs: [`Теперь выплаты приходят на счёт ${bankAccount}.`, NOT_YOU],
    }),
    'beak-shape-changed': () => ({
      subject: 'Изменена форма вашего клюва',
      paragraphs: [
        'Теперь для входа нужна новая форма клюва. Все прежние сеансы завершены.',
        NOT_YOU,
      ],
    }),
    'beak-shape-reset': ({ nickname, by }) => ({
      subject: `Сброшена форма клюва: ${nickname}`,
      paragraphs: [
        `${by} задаёт новую форму клюва для ${nickname}: ` +
          'этот человек распоряжается деньгами в Popug.',
        'Если вы этого не ждали, спросите обоих и посмотрите журнал действий.',
      ],
    }),
    'email-changed': ({ newEmail }) => ({
      subject: 'Изменён адрес вашей почты',
      paragraphs: [
        `Теперь письма приходят на ${newEmail}; это последнее письмо на прежний адрес.`,
        NOT_YOU,
      ],
    }),
  },
};
