import type { analytics as source } from '../en/analytics';
import type { Translated } from '../namespaces';

export const analytics: Translated<typeof source> = {
  title: 'Аналитика',
  current: 'Текущий бизнес-день, {{day}}',
  figures: {
    fees: 'Списания',
    rewards: 'Начисления',
    corrections: 'Корректировки',
    earned: 'Заработано',
  },
  minus: 'минус',
  plus: 'плюс',
  equals: 'итого',
  range: {
    title: 'Бизнес-дни',
    chosen: '{{from}} – {{to}}',
    since: 'с {{from}}',
    until: 'по {{to}}',
    open: 'Сейчас открыт: {{day}}',
  },
  chart: {
    title: 'Заработано по дням',
    label: 'Столбцы: сколько компания заработала в каждый бизнес-день. Числа — в таблице.',
    asTable: 'Показать таблицей',
    caption: 'Сколько компания заработала в каждый бизнес-день',
    day: 'Бизнес-день',
    empty: 'В этом периоде нет бизнес-дней',
  },
  belowZero: {
    title: 'В минусе',
    count_one: '{{count}} человек',
    count_few: '{{count}} человека',
    count_many: '{{count}} человек',
    count_other: '{{count}} человека',
    first: 'Первые {{shown}} из {{total}}',
    caption: 'У кого остаток в минусе',
    since: 'С какого времени',
    nobody: 'В минусе никого нет.',
  },
  dearest: {
    title: 'Самая дорогая завершённая задача',
    label: 'Период',
    periods: { day: 'По дням', week: 'По неделям', month: 'По месяцам', range: 'За весь период' },
    caption: 'Самая дорогая задача, завершённая в каждом периоде',
    away: 'Названия задач даёт доска, а она недоступна. Суммы полны.',
    unnamed: 'Задача {{id}}',
    empty: 'В этом периоде ничего не завершено.',
  },
};
