import type { access as source } from '../en/access';
import type { Translated } from '../namespaces';

export const access: Translated<typeof source> = {
  logIn: {
    title: 'Вход',
    login: 'Ник, почта или id',
    beakShape: 'Форма клюва',
    show: 'Показать форму клюва',
    submit: 'Войти',
    wait: 'Войти ({{seconds}} с)',
    wrong: 'Неверный логин или форма клюва',
    opening: 'Ваш лицевой счёт открывается. Вход произойдёт сам.',
    noCookie: 'Этот адрес незащищён (нужен https), поэтому браузер не хранит сеанс.',
    noAccount: 'Ещё не зарегистрированы?',
    signUp: 'Зарегистрироваться',
    forgotten: 'Забыли форму клюва? Новую задаст администратор вашей компании.',
    demo: 'Демо-компания: войти как',
    demoRole: {
      employee: 'Сотрудник',
      manager: 'Менеджер',
      accountant: 'Бухгалтер',
      admin: 'Администратор',
    },
  },
};
