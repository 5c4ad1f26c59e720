import { screen, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { Navigate, Route, Routes } from 'react-router';
import { expect, it, vi } from 'vitest';
import { someUser } from '../../../test/factories';
import { http, server } from '../../../test/server';
import { show } from '../../../test/show';
import type { Schemas } from '../../api/client';
import { changeLanguage } from '../../i18n/texts';
import { LogInPage } from './log-in-page';
import { RegistrationPage } from './registration-page';
import { SignUpPage } from './sign-up-page';

const user = someUser({ nickname: 'newpopug', status: 'inactive' });
const texts = ['access'] as const;
const ID = '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e';
/** The page asks each half second at first. */
const ASKED_AGAIN = { timeout: 5_000 };
/** The rules of bank accounts are a file of their own. */
const LOADED = { timeout: 5_000 };
const WHOLE_WAY_MS = 20_000;

const pages = (
  <Routes>
    <Route path="/login" element={<LogInPage />} />
    <Route path="/sign-up" element={<SignUpPage />} />
    <Route path="/sign-up/:id" element={<RegistrationPage />} />
    <Route path="/tasks" element={<h1>Tasks</h1>} />
  </Routes>
);

function answerStatus(status: Schemas['SignUpStatus']['status'], awaitsApproval = false): void {
  server.use(
    http.get('/api/v1/sign-up/{id}', ({ response }) =>
      response(200).json({ status, awaitsApproval }),
    ),
  );
}

function refuse(type: string, status: number, more: object = {}): void {
  server.use(
    http.untyped.post('*/api/v1/sign-up', () =>
      HttpResponse.json({ type, title: type, status, ...more }, { status }),
    ),
  );
}

async function filled(shapes: [string, string] = ['curved-yellow', 'curved-yellow']) {
  const shown = await show(pages, { user, at: '/sign-up', texts });
  const fill = async (field: HTMLElement, value: string): Promise<void> => {
    await shown.keys.click(field);
    await shown.keys.paste(value);
  };
  await fill(screen.getByRole('textbox', { name: /Nickname/ }), 'newpopug');
  await fill(screen.getByRole('textbox', { name: /Email/ }), 'new@popug.test');
  await fill(screen.getByRole('textbox', { name: /Bank account/ }), 'DE89370400440532013000');
  await fill(screen.getByLabelText(/^Beak shape(?! again)/), shapes[0]);
  await fill(screen.getByLabelText(/^Beak shape again/), shapes[1]);
  return shown;
}

const signUp = () => screen.getByRole('button', { name: 'Sign up' });

it('from five fields to own tasks, without a reload', { timeout: WHOLE_WAY_MS }, async () => {
  const bodies: Record<string, unknown>[] = [];
  const logIns: unknown[] = [];
  server.use(
    http.post('/api/v1/sign-up', async ({ request, response }) => {
      bodies.push(await request.json());
      return response(201).json(user);
    }),
    http.post('/api/v1/session', async ({ request, response }) => {
      logIns.push(await request.json());
      const problem = { type: 'not-active-yet', title: 'Not yet', status: 403 };
      if (logIns.length > 1) return response(201).json({ user } as never);
      return response.untyped(HttpResponse.json(problem, { status: 403 }));
    }),
  );
  answerStatus('inactive');
  const { keys } = await filled();
  const account = screen.getByRole('textbox', { name: /Bank account/ });
  expect(account).toHaveValue('DE89 3704 0044 0532 0130 00');
  expect(await screen.findByText(/Its digits fit together/, {}, LOADED)).toBeVisible();
  await keys.click(signUp());
  expect(await screen.findByText(/Opening your account/)).toBeVisible();
  answerStatus('active');
  expect(await screen.findByText('Logging you in', {}, ASKED_AGAIN)).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'Tasks' }, ASKED_AGAIN)).toBeVisible();
  const { id } = bodies[0]!;
  expect(bodies).toEqual([
    {
      id,
      nickname: 'newpopug',
      email: 'new@popug.test',
      bankAccount: 'DE89 3704 0044 0532 0130 00',
      beakShape: 'curved-yellow',
      locale: 'en',
    },
  ]);
  const shown = { login: 'newpopug', beakShape: 'curved-yellow' };
  expect(logIns).toEqual([shown, shown]);
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('curved-yellow');
});

it('a mistyped account is told at once', async () => {
  const { keys } = await show(pages, { user, at: '/sign-up', texts });
  const account = screen.getByRole('textbox', { name: /Bank account/ });
  await keys.click(account);
  await keys.paste('DE8937040044053201300');
  expect(account).toBeValid();
  await keys.type(account, '1');
  expect(account).toHaveValue('DE89 3704 0044 0532 0130 01');
  expect(await screen.findByText(/The checksum is wrong/, {}, LOADED)).toBeVisible();
  expect(account).toBeInvalid();
});

it('two different beak shapes are not sent', async () => {
  const { keys } = await filled(['curved-yellow', 'curved-green']);
  await keys.click(signUp());
  expect(await screen.findByText('The two beak shapes differ')).toBeVisible();
  expect(screen.getByLabelText(/^Beak shape again/)).toHaveFocus();
});

it('faults stand beside their fields, a taken nickname too', async () => {
  const errors = [{ pointer: '/email', detail: 'no email', code: 'no-email' }];
  refuse('bad-request', 400, { errors });
  const { keys } = await filled();
  await keys.click(signUp());
  expect(await screen.findByText('No email address')).toBeVisible();
  expect(screen.getByRole('textbox', { name: /Email/ })).toHaveFocus();
  refuse('nickname-taken', 409);
  await keys.click(signUp());
  expect(await screen.findByText('This nickname is taken.')).toBeVisible();
  expect(screen.getByRole('textbox', { name: /Nickname/ })).toHaveFocus();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('an answer that was lost registers once: the same id, the same key', async () => {
  const tries: unknown[] = [];
  server.use(
    http.untyped.post('*/api/v1/sign-up', async ({ request }) => {
      const { id } = (await request.json()) as { id: string };
      tries.push({ id, key: request.headers.get('idempotency-key') });
      return HttpResponse.json(
        { type: 'unavailable', title: 'Away', status: 503 },
        { status: 503 },
      );
    }),
  );
  const { keys } = await filled();
  await keys.click(signUp());
  expect(await screen.findByText('This part of the exchange is away.')).toBeVisible();
  await keys.click(signUp());
  await waitFor(() => expect(tries).toHaveLength(2));
  expect(tries[1]).toEqual(tries[0]);
});

it('after a reload the beak shape is asked for, the login is filled in', async () => {
  answerStatus('active');
  await show(pages, { user, at: `/sign-up/${ID}`, texts });
  expect(await screen.findByRole('textbox', { name: /Nickname, email or id/ })).toHaveValue(ID);
  expect(screen.getByLabelText(/^Beak shape/)).toHaveFocus();
});

it('a registration that waits for an administrator says so', async () => {
  answerStatus('inactive', true);
  await show(pages, { user, at: `/sign-up/${ID}`, texts });
  expect(await screen.findByText(/An administrator looks at it/)).toBeVisible();
  expect(screen.getByText(/your place is kept/)).toBeVisible();
});

it('says after a minute that it takes longer', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  answerStatus('inactive');
  await show(pages, { user, at: `/sign-up/${ID}`, texts });
  expect(await screen.findByText(/Opening your account/)).toBeVisible();
  expect(screen.queryByText(/Taking longer than usual/)).toBeNull();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(await screen.findByText(/Taking longer than usual/)).toBeVisible();
  vi.useRealTimers();
});

it.each([
  ['deactivated', 'This registration was given up after 24 hours. Sign up again.'],
  ['unknown', 'There is no such registration.'],
] as const)('a registration that is %s leads back', async (state, text) => {
  if (state === 'deactivated') answerStatus(state);
  else {
    server.use(
      http.untyped.get('*/api/v1/sign-up/:id', () =>
        HttpResponse.json({ type: 'not-found', title: 'No', status: 404 }, { status: 404 }),
      ),
    );
  }
  await show(pages, { user, at: `/sign-up/${ID}`, texts });
  expect(await screen.findByText(text)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Sign up again' })).toHaveAttribute('href', '/sign-up');
});

it('a part that is away is waited for', async () => {
  server.use(
    http.untyped.get('*/api/v1/sign-up/:id', () =>
      HttpResponse.json({ type: 'unavailable', title: 'Away', status: 503 }, { status: 503 }),
    ),
  );
  await show(pages, { user, at: `/sign-up/${ID}`, texts });
  expect(await screen.findByText(/This part of the exchange is away/)).toBeVisible();
});

it('whoever changed the beak shape is told so, and the login is filled in', async () => {
  const state = { login: 'kea', isShapeChanged: true };
  const begin = (
    <Routes>
      <Route path="/settings" element={<Navigate to="/login" state={state} />} />
      <Route path="/login" element={<LogInPage />} />
    </Routes>
  );
  await show(begin, { user, at: '/settings', texts });
  expect(await screen.findByText(/Your beak shape is changed/)).toBeVisible();
  expect(screen.getByLabelText(/^Nickname, email or id/)).toHaveValue('kea');
  expect(screen.getByLabelText(/^Beak shape/)).toHaveFocus();
});

it('the login page leads to the registration only where there is one', async () => {
  const { unmount } = await show(pages, { user, at: '/login', texts });
  const link = await screen.findByRole('link', { name: 'Sign up' });
  expect(link).toHaveAttribute('href', '/sign-up');
  unmount();
  await show(pages, { user, at: '/login', texts, settings: { signUpEnabled: false } });
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Sign up' })).toBeNull());
});

it('where there is none, its address says so', async () => {
  await show(pages, { user, at: '/sign-up', texts, settings: { signUpEnabled: false } });
  const off = 'People are registered by an administrator here.';
  expect(await screen.findByText(off)).toBeVisible();
});

it('too many wrong tries: the button counts down', async () => {
  server.use(
    http.untyped.post('*/api/v1/session', () =>
      HttpResponse.json(
        { type: 'too-many-attempts', title: 'Wait', status: 429 },
        { status: 429, headers: { 'retry-after': '30' } },
      ),
    ),
  );
  const { keys } = await show(pages, { user, at: '/login', texts });
  await keys.type(screen.getByRole('textbox'), 'kea');
  await keys.type(screen.getByLabelText(/^Beak shape/), 'wrong-shape');
  await keys.click(screen.getByRole('button', { name: 'Log in' }));
  expect(await screen.findByRole('button', { name: /Log in \(\d+ s\)/ })).toBeDisabled();
});

it('the language of the form is the one of the page', async () => {
  const { keys } = await show(pages, { user, at: '/sign-up', texts });
  await screen.findByRole('option', { name: 'Русский' });
  await keys.selectOptions(screen.getByRole('combobox'), 'Русский');
  expect(await screen.findByRole('heading', { name: 'Регистрация' })).toBeVisible();
  await changeLanguage('en');
});
