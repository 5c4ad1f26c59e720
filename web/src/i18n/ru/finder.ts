import type { finder as source } from '../en/finder';
import type { Translated } from '../namespaces';

export const finder: Translated<typeof source> = {
  placeholder: 'Страница, действие, задача или человек',
  found: 'Найдено',
  nothing: 'Ничего не подходит',
  recent: 'Последние места',
  pages: 'Страницы',
  actions: 'Действия',
  tasks: 'Задачи',
  people: 'Люди',
  newTask: 'Новая задача',
  copyId: 'Скопировать мой идентификатор',
  copied: 'Ваш идентификатор скопирован',
  keys: {
    title: 'Клавиши',
    list: 'Этот список',
    palette: 'Поиск; также Ctrl K или ⌘ K',
    down: 'Следующая строка',
    up: 'Предыдущая строка',
    open: 'Открыть строку',
    finish: 'Завершить задачу строки',
    edit: 'Изменить',
    new: 'Новая задача',
    retry: 'Повторить выплату строки',
    close: 'Закрыть',
    off: 'Пока вы печатаете, клавиши не действуют. Их можно отключить в настройках.',
  },
};
