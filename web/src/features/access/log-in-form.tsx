import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordInput, TextInput } from '../../ui/fields';
import { useProblemText } from '../../ui/use-problem-text';
import classes from './access.module.css';
import { NOT_ACTIVE, WRONG, type LogIn } from './use-log-in';

/** Login and beak shape; a wrong shape keeps both and has the focus. */
export function LogInForm({ logIn, login: known = '' }: { logIn: LogIn; login?: string }) {
  const { t } = useTranslation('access');
  const shapeField = useRef<HTMLInputElement>(null);
  const [login, setLogin] = useState(known);
  const [beakShape, setBeakShape] = useState('');
  const { problem, wait, isBusy } = logIn;
  const isWrong = problem?.type === WRONG;
  useEffect(() => {
    if (isWrong) shapeField.current?.focus();
  }, [isWrong, problem]);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        logIn.send({ login, beakShape });
      }}
    >
      <TextInput
        label={t('logIn.login')}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        required
        autoFocus={known === ''}
        value={login}
        onChange={({ currentTarget }) => setLogin(currentTarget.value)}
      />
      <PasswordInput
        ref={shapeField}
        label={t('logIn.beakShape')}
        name="beakShape"
        autoComplete="current-password"
        required
        autoFocus={known !== ''}
        value={beakShape}
        error={isWrong ? t('logIn.wrong') : undefined}
        aria-invalid={isWrong}
        onChange={({ currentTarget }) => setBeakShape(currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('logIn.show') }}
      />
      <LogInTrouble logIn={logIn} />
      <Button type="submit" loading={isBusy} disabled={wait > 0}>
        {wait > 0 ? t('logIn.wait', { seconds: wait }) : t('logIn.submit')}
      </Button>
    </form>
  );
}

/** What is wrong beside a wrong beak shape, which its field says. */
export function LogInTrouble({ logIn: { problem, hasNoCookie } }: { logIn: LogIn }) {
  const { t } = useTranslation('access');
  const text = useProblemText();
  if (hasNoCookie) return <p role="alert">{t('logIn.noCookie')}</p>;
  if (problem === null || problem.type === WRONG) return null;
  if (problem.type === NOT_ACTIVE) return <p role="status">{t('logIn.opening')}</p>;
  return <p role="alert">{text(problem)}</p>;
}
