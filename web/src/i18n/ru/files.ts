import type { files as source } from '../en/files';
import type { Translated } from '../namespaces';

export const files: Translated<typeof source> = {
  title: 'Платёжные файлы',
  why: 'Создайте файл, скачайте его и загрузите в банк, затем укажите, что сделал банк: его отчётом о состоянии или вручную для всего файла.',
  caption: 'Платёжные файлы, сначала новые',
  file: 'Файл',
  name: '{{day}}, № {{number}}',
  total: 'Сумма',
  transfers: 'Переводы',
  state: 'Состояние',
  actions: 'Действия',
  states: {
    open: 'Ещё не создан',
    waiting: 'Ждёт банка',
    settled: 'Завершён',
  },
  made: 'создан',
  count_one: '{{count, number}} перевод',
  count_few: '{{count, number}} перевода',
  count_many: '{{count, number}} переводов',
  count_other: '{{count, number}} перевода',
  waiting: 'ждут: {{count, number}}',
  succeeded: 'выполнено: {{count, number}}',
  refused: 'отклонено: {{count, number}}',
  returned: 'вернулось: {{count, number}}',
  make: 'Создать файл',
  notMade: 'Не создан: {{name}}',
  download: 'Скачать',
  menu: 'Что банк сделал с файлом {{name}}',
  decide: 'Ответ банка',
  status: 'Загрузить отчёт банка…',
  confirm: 'Всё выполнено…',
  reject: 'Всё отклонено…',
  return: 'Деньги вернулись…',
  returnTitle: 'Деньги вернулись: {{name}}',
  returnWhy:
    'По выписке банка. Каждая сумма вернётся на лицевой счёт и войдёт в следующее закрытие. Отменить это нельзя.',
  returnWhich: 'Какие переводы вернулись',
  returnAction_one: 'Записать {{count, number}} возврат',
  returnAction_few: 'Записать {{count, number}} возврата',
  returnAction_many: 'Записать {{count, number}} возвратов',
  returnAction_other: 'Записать {{count, number}} возврата',
  statusTitle: 'Отчёт банка о файле {{name}}',
  statusWhy:
    'Файл банка вида pain.002. Выполненные и отклонённые переводы завершатся, остальные продолжат ждать.',
  statusFile: 'Файл банка',
  statusAction: 'Загрузить',
  confirmTitle: 'Файл {{name}} выполнен',
  confirmWhy_one:
    '{{count, number}} перевод, который ещё ждёт, будет считаться выплаченным. Отменить это нельзя.',
  confirmWhy_few:
    '{{count, number}} перевода, которые ещё ждут, будут считаться выплаченными. Отменить это нельзя.',
  confirmWhy_many:
    '{{count, number}} переводов, которые ещё ждут, будут считаться выплаченными. Отменить это нельзя.',
  confirmWhy_other:
    '{{count, number}} перевода, которые ещё ждут, будут считаться выплаченными. Отменить это нельзя.',
  confirmAction: 'Считать выплаченным',
  rejectTitle: 'Файл {{name}} отклонён',
  rejectWhy_one:
    '{{count, number}} перевод, который ещё ждёт, будет считаться отклонённым. Убедитесь, что банк его не выполнит.',
  rejectWhy_few:
    '{{count, number}} перевода, которые ещё ждут, будут считаться отклонёнными. Убедитесь, что банк их не выполнит.',
  rejectWhy_many:
    '{{count, number}} переводов, которые ещё ждут, будут считаться отклонёнными. Убедитесь, что банк их не выполнит.',
  rejectWhy_other:
    '{{count, number}} перевода, которые ещё ждут, будут считаться отклонёнными. Убедитесь, что банк их не выполнит.',
  rejectAction: 'Считать отклонённым',
  reasonWhy: 'От 1 до 500 символов; её увидят те, кому не заплатили',
  done: 'Записано: {{name}}',
  empty: 'Платёжных файлов нет',
  emptyWhy:
    'Они появляются, когда связь с банком идёт через файлы и выплаты ждут, чтобы попасть в файл. Здесь переводы уходят сами.',
};
