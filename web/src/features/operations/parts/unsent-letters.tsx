import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { usePeople } from '../../../api/people';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Moment } from '../../../ui/moment';
import { sayDone, sayFailed } from '../../../ui/toasts';
import classes from '../operations.module.css';
import { TOUCHES, useGivenUpLetters, type LetterService, type UnsentLetter } from '../queries';
import { useWords } from './use-words';

const ROWS = 2;

/** Letters that were given up, fetched when they are asked for. */
export function UnsentLetters({ service }: { service: LetterService }) {
  const { t } = useTranslation('operations');
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className={classes['fold']}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('letters.show')}</summary>
      {isOpen && <Letters service={service} />}
    </details>
  );
}

function Letters({ service }: { service: LetterService }) {
  const { t } = useTranslation('operations');
  const letters = useGivenUpLetters(service);
  const nameOf = usePeople((letters.data ?? []).map(({ userId }) => userId));
  return (
    <>
      <Fetched query={letters} rows={ROWS}>
        {(items) =>
          items.length === 0 ? (
            <p>{t('letters.empty')}</p>
          ) : (
            <ul className={classes['letters']}>
              {items.map((letter) => (
                <Letter
                  key={letter.id}
                  service={service}
                  letter={letter}
                  nickname={nameOf(letter.userId)}
                />
              ))}
            </ul>
          )
        }
      </Fetched>
      <ListEnd list={letters} shown={letters.data?.length ?? 0} />
    </>
  );
}

function Letter({
  service,
  letter: { id, template, to, dueAt, tries },
  nickname,
}: {
  service: LetterService;
  letter: UnsentLetter;
  nickname: string;
}) {
  const { t } = useTranslation('operations');
  const name = useWords().template(template);
  const { send, isBusy } = useChange('post', '/api/v1/operations/{service}/letters/{id}/resend', {
    touches: TOUCHES,
    onDone: () => sayDone(t('letters.done')),
    onRefused: (problem) => sayFailed({ what: t('letters.failed', { letter: name }), problem }),
  });
  return (
    <li>
      <span className={classes['stack']}>
        <span>
          {name} · {nickname}
          {to !== null && <span className="quiet"> {to}</span>}
        </span>
        <span className="quiet">
          {t('letters.owed')} <Moment at={dueAt} /> · {t('letters.tries', { count: tries })}
        </span>
      </span>
      <Button
        variant="default"
        size="compact-sm"
        loading={isBusy}
        aria-label={t('letters.resendName', { nickname, letter: name })}
        onClick={() => send({ params: { path: { service, id } } })}
      >
        {t('letters.resend')}
      </Button>
    </li>
  );
}
