import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useChange } from '../../api/change';
import { toProblem, type Problem } from '../../api/problems';
import { becomeSession, readSession, useSettings } from '../../api/session';
import { useProblemText } from '../../ui/use-problem-text';
import classes from './access.module.css';
import { DemoLogins } from './demo-logins';
import { useCountdown } from './use-countdown';

const NOT_ACTIVE = 'not-active-yet';
const WRONG = 'wrong-credentials';
const AGAIN_MS = 1_000;
const SECOND_MS = 1_000;

/** An address of this application that was asked for before; anything else is not followed. */
function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** Logs in with nickname, email or id, and the beak shape. */
export function LogInPage() {
  const { t } = useTranslation('access');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const settings = useSettings().data;
  const shapeField = useRef<HTMLInputElement>(null);
  const [login, setLogin] = useState('');
  const [beakShape, setBeakShape] = useState('');
  const [hasNoCookie, setNoCookie] = useState(false);
  const [wait, startWait] = useCountdown();

  const logIn = useChange('post', '/api/v1/session', {
    touches: [],
    async onDone() {
      // A browser that keeps no cookie is told from a wrong beak shape here.
      const kept = await readSession();
      if (kept === null) return setNoCookie(true);
      becomeSession(queries, kept);
      void navigate(safeNext(search.get('next')), { replace: true });
    },
    onRefused(problem) {
      if (problem.type === WRONG) shapeField.current?.focus();
      if (problem.status === 429) startWait(Math.ceil((problem.retryAfterMs ?? 0) / SECOND_MS));
    },
  });
  const { problem, send } = logIn;
  const isOpening = problem?.type === NOT_ACTIVE;
  useEffect(() => {
    if (!isOpening) return;
    const timer = setTimeout(() => send({ body: { login, beakShape } }), AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isOpening, problem, send, login, beakShape]);

  return (
    <main className={classes['page']}>
      <h1>{t('logIn.title')}</h1>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          send({ body: { login, beakShape } });
        }}
      >
        <TextInput
          label={t('logIn.login')}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          required
          autoFocus
          value={login}
          onChange={({ currentTarget }) => setLogin(currentTarget.value)}
        />
        <PasswordInput
          ref={shapeField}
          label={t('logIn.beakShape')}
          name="beakShape"
          autoComplete="current-password"
          required
          value={beakShape}
          error={problem?.type === WRONG ? t('logIn.wrong') : undefined}
          onChange={({ currentTarget }) => setBeakShape(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('logIn.show') }}
        />
        <Trouble problem={problem} hasNoCookie={hasNoCookie} />
        <Button type="submit" loading={logIn.isBusy} disabled={wait > 0}>
          {wait > 0 ? t('logIn.wait', { seconds: wait }) : t('logIn.submit')}
        </Button>
      </form>
      {settings?.demoLogins && (
        <DemoLogins
          logins={settings.demoLogins}
          isBusy={logIn.isBusy}
          onChoose={(demo) => send({ body: demo })}
        />
      )}
      <p className="quiet">{t('logIn.forgotten')}</p>
    </main>
  );
}

/** What is wrong beside a wrong beak shape, which its field says. */
function Trouble({ problem, hasNoCookie }: { problem: Problem | null; hasNoCookie: boolean }) {
  const { t } = useTranslation('access');
  const text = useProblemText();
  if (hasNoCookie) return <p role="alert">{t('logIn.noCookie')}</p>;
  if (problem === null || problem.type === WRONG) return null;
  if (problem.type === NOT_ACTIVE) return <p role="status">{t('logIn.opening')}</p>;
  return <p role="alert">{text(toProblem(problem))}</p>;
}
