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
  caption: { mine: 'Задачи, доставшиеся вам', created: 'Созданные вами задачи' },
  landed_one: 'Вам досталась {{count}} задача, списание {{fees}}',
  landed_few: 'Вам достались {{count}} задачи, списания {{fees}}',
  landed_many: 'Вам досталось {{count}} задач, списания {{fees}}',
  landed_other: 'Вам досталось {{count}} задачи, списания {{fees}}',
  row: {
    task: 'Задача',
    action: 'Завершение',
    new: 'Новая',
    fee: 'Списание',
    feeEach: 'Списание',
    reward: 'Начисление',
    dealt: 'досталась',
    dealtAgain_ordinal_other: '{{count}}-я раздача',
    finished: 'Завершена',
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
    cancelled: 'Отменённых нет',
    cancelledWhy: 'Здесь появятся задачи, которые отменили, пока они были вашими.',
    created: 'Таких задач вы ещё не создавали',
    createdWhy: 'Новая задача сразу получает цену и ждёт ближайшей раздачи.',
  },
};
