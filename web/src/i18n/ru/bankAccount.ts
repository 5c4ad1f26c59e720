import type { bankAccount as source } from '../en/bankAccount';
import type { Translated } from '../namespaces';

export const bankAccount: Translated<typeof source> = {
  title: 'Банковский счёт',
  none: 'Не указан: без него выплаты не проходят.',
  show: 'Показать',
  hide: 'Скрыть',
  enter: 'Указать…',
  change: 'Изменить…',
  dialog: 'Ваш банковский счёт',
  why: 'Действует со следующей попытки; мы пришлём вам письмо.',
  now: 'Сейчас',
  new: 'Новый банковский счёт',
  fullName: 'Полное имя владельца',
  fullNameWhy: 'Как его знает банк; нужно, если платежи идут файлом',
  action: 'Изменить счёт',
  done: 'Ваш банковский счёт изменён',
};
