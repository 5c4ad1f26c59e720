import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import type { Schemas } from '../../../api/client';
import { useList } from '../../../api/list';
import { becomeSession } from '../../../api/session';
import { Fetched } from '../../../ui/fetched';
import { ListEnd } from '../../../ui/list-end';
import { Moment } from '../../../ui/moment';
import { StatusMark } from '../../../ui/status-mark';
import { sayDone, sayFailed } from '../../../ui/toasts';
import { EndOthers } from './end-others';
import classes from '../settings.module.css';

const ROWS = 2;

type Session = Schemas['Session'];

/** Where one is logged in, and the button that ends it. */
export function Sessions() {
  const { t } = useTranslation('settings');
  const sessions = useList('/api/v1/sessions', {});
  const others = (sessions.data ?? []).filter(({ current }) => !current).map(({ id }) => id);
  return (
    <section className={classes['part']}>
      <div className={classes['head']}>
        <h2>{t('sessions.title')}</h2>
        <EndOthers ids={others} />
      </div>
      <Fetched query={sessions} rows={ROWS}>
        {(items) => (
          <ul className={classes['sessions']}>
            {items.map((session) => (
              <One key={session.id} session={session} />
            ))}
          </ul>
        )}
      </Fetched>
      <ListEnd list={sessions} shown={sessions.data?.length ?? 0} />
    </section>
  );
}

function One({ session: { id, address, createdAt, lastUsedAt, current } }: { session: Session }) {
  const { t } = useTranslation('settings');
  const queries = useQueryClient();
  const end = useChange('delete', '/api/v1/sessions/{id}', {
    touches: ['/api/v1/sessions'],
    onDone() {
      if (current) becomeSession(queries, null);
      else sayDone(t('sessions.ended', { address }));
    },
    onRefused: (problem) => sayFailed({ what: t('sessions.notEnded', { address }), problem }),
  });
  return (
    <li>
      <span>
        <strong>{address}</strong>{' '}
        {current && <StatusMark tone="good">{t('sessions.current')}</StatusMark>}
        <br />
        <span className="quiet">
          {t('sessions.since')} <Moment at={createdAt} /> · {t('sessions.used')}{' '}
          <Moment at={lastUsedAt} />
        </span>
      </span>
      <Button
        variant="default"
        loading={end.isBusy}
        {...(!current && { 'aria-label': t('sessions.endName', { address }) })}
        onClick={() => end.send({ params: { path: { id } } })}
      >
        {t(current ? 'sessions.logOut' : 'sessions.end')}
      </Button>
    </li>
  );
}
