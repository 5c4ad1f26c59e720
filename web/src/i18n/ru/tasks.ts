import type { tasks as source } from '../en/tasks';
import type { Translated } from '../namespaces';

export const tasks: Translated<typeof source> = {
  title: 'Задачи',
  new: 'Новая задача',
  tabs: {
    label: 'Задачи по состоянию',
    open: 'Открытые',
    finished: 'Завершённые',
    cancelled: 'Отменённые',
  },
  filters: { search: 'Поиск по названию или jira id', created: 'Созданные мной' },
  row: {
    fee: 'списание',
    reward: 'начисление',
    dealt: 'досталась',
    dealtAgain_ordinal_other: '{{count}}-я раздача',
    finish: 'Завершить {{reward}}',
    armed: 'Нажмите ещё раз: завершить',
    finished: 'Завершена',
    onItsWay: 'Завершена · {{reward}} в пути',
    inBalance: 'Завершена · {{reward}} на вашем счёте',
    waits: 'Ждёт раздачи',
    cancelled: 'Отменена',
  },
  foot: {
    waiting_one: 'Ждут начисления: {{sum}} за {{count}} задачу',
    waiting_few: 'Ждут начисления: {{sum}} за {{count}} задачи',
    waiting_many: 'Ждут начисления: {{sum}} за {{count}} задач',
    waiting_other: 'Ждут начисления: {{sum}} за {{count}} задачи',
    balance: 'Остаток {{amount}}',
    tonight: 'сегодня к выплате {{amount}}',
    away: 'Остаток сейчас узнать нельзя.',
  },
  empty: {
    open: 'Сейчас на вас ничего нет',
    openWhy:
      'Когда менеджер раздаст задачи, они появятся здесь сами; списание происходит сразу, начисление — по завершении.',
    notDealt: 'Вам задачи не раздаются.',
    toBoard: 'К доске',
    finished: 'Пока ничего не завершено',
    finishedWhy: 'Завершённое появится здесь вместе с начислением.',
    created: 'Вы ещё не создавали задач',
    createdWhy: 'Новая задача сразу получает цену и ждёт ближайшей раздачи.',
  },
  toast: {
    finished: 'Завершена. {{reward}} в пути',
    notFinished: 'Не завершена: {{title}}',
  },
};
