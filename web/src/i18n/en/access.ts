/** Texts of logging in and signing up. */
export const access = {
  logIn: {
    title: 'Log in',
    login: 'Nickname, email or id',
    beakShape: 'Beak shape',
    show: 'Show beak shape',
    submit: 'Log in',
    wait: 'Log in ({{seconds}} s)',
    wrong: 'Login or beak shape is wrong',
    opening: 'Your account is being opened. Logging in by itself.',
    noCookie: 'This address is not secure (https), so this browser keeps no session.',
    noAccount: 'No account yet?',
    signUp: 'Sign up',
    forgotten: 'Lost your beak shape? An administrator of your company can set a new one.',
    demo: 'Demo company: log in as',
    demoRole: {
      employee: 'Employee',
      manager: 'Manager',
      accountant: 'Accountant',
      admin: 'Administrator',
    },
  },
} as const;
