import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api/change';
import { toProblem } from '../api/problems';
import { useMe } from '../api/session';
import { Dialog } from '../ui/dialog';
import { PasswordInput } from '../ui/fields';
import { useProblemText } from '../ui/use-problem-text';

const UNAUTHORIZED = 401;

/** Returns whether the session of this page has ended: a read of it was refused since. */
function useHasEnded(): [boolean, () => void] {
  const queries = useQueryClient();
  const isSignedIn = useMe() !== undefined;
  const [hasEnded, setEnded] = useState(false);
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ type, query: { state } }) => {
        if (type !== 'updated' || state.status !== 'error') return;
        if (isSignedIn && toProblem(state.error).status === UNAUTHORIZED) setEnded(true);
      }),
    [queries, isSignedIn],
  );
  return [hasEnded, () => setEnded(false)];
}

/**
 * Asks the same person to log in again, over the page: nothing typed is lost. Somebody else starts
 * afresh on the login page.
 */
export function LoginAgain() {
  const [hasEnded, goOn] = useHasEnded();
  return hasEnded ? <Again onDone={goOn} /> : null;
}

function Again({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const text = useProblemText();
  const queries = useQueryClient();
  const me = useMe();
  const [beakShape, setBeakShape] = useState('');
  const logIn = useChange('post', '/api/v1/session', {
    touches: ['/api/v1/'],
    onDone(session) {
      if (session?.user.id !== me?.id) return location.reload();
      void queries.resetQueries({ predicate: ({ state }) => state.status === 'error' });
      onDone();
    },
  });
  return (
    <Dialog title={t('loginAgain.title')} onClose={() => location.reload()} isTouched>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          logIn.send({ body: { login: me?.nickname ?? '', beakShape } });
        }}
      >
        <p>{t('loginAgain.why')}</p>
        <input type="text" hidden readOnly autoComplete="username" value={me?.nickname ?? ''} />
        <PasswordInput
          label={t('loginAgain.beakShape', { nickname: me?.nickname ?? '' })}
          autoComplete="current-password"
          data-autofocus
          value={beakShape}
          error={logIn.problem && text(logIn.problem)}
          onChange={({ currentTarget }) => setBeakShape(currentTarget.value)}
        />
        <Button type="submit" mt="md" loading={logIn.isBusy}>
          {t('pages.logIn')}
        </Button>
      </form>
    </Dialog>
  );
}
