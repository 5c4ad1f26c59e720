import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Schemas } from '../../api/client';
import { toProblem } from '../../api/problems';
import { addresses } from '../../app/addresses';
import { Fetched } from '../../ui/fetched';
import classes from './access.module.css';
import { LogInForm, LogInTrouble } from './log-in-form';
import { pendingOf } from './pending';
import { useLogIn, WRONG } from './use-log-in';
import { useRegistration, useSeconds } from './use-registration';

const ROWS = 2;
const LONG_SECONDS = 60;
const MISSING = [400, 404];

/** A registration on its way: its steps tick off by themselves, then the person is logged in. */
export function RegistrationPage() {
  const { t } = useTranslation('access');
  const { id = '' } = useParams();
  const registration = useRegistration(id);
  const { data, error } = registration;
  const isMissing = !data && error !== null && MISSING.includes(toProblem(error).status);
  return (
    <main className={classes['page']}>
      <h1>{t('registration.title')}</h1>
      {isMissing ? (
        <GivenUp text={t('registration.missing')} />
      ) : (
        <Fetched query={registration} rows={ROWS}>
          {(status) => <Progress id={id} status={status} />}
        </Fetched>
      )}
    </main>
  );
}

function Progress({ id, status }: { id: string; status: Schemas['SignUpStatus'] }) {
  const { t } = useTranslation('access');
  const seconds = useSeconds();
  if (status.status === 'deactivated') return <GivenUp text={t('registration.givenUp')} />;
  const isActive = status.status === 'active';
  return (
    <>
      <ol className={classes['steps']}>
        <Step isDone text={t('registration.registered')} />
        {isActive ? (
          <Step isDone text={t('registration.opened')} />
        ) : (
          <Step text={t(status.awaitsApproval ? 'registration.awaits' : 'registration.opening')}>
            <span className="quiet" aria-live="off">
              {t('registration.for', { seconds })}
            </span>
          </Step>
        )}
      </ol>
      <p role="status">
        {!isActive &&
          (status.awaitsApproval || seconds > LONG_SECONDS) &&
          t(status.awaitsApproval ? 'registration.comeBack' : 'registration.long')}
        {isActive && <span className="visually-hidden">{t('registration.opened')}</span>}
      </p>
      {isActive && <Enter id={id} />}
    </>
  );
}

function Step({
  isDone = false,
  text,
  children,
}: {
  isDone?: boolean;
  text: string;
  children?: React.ReactNode;
}) {
  return (
    <li className={isDone ? classes['done'] : classes['underWay']}>
      <span aria-hidden>{isDone ? '✓' : '…'}</span> {text} {children}
    </li>
  );
}

/** Logs in with the beak shape still in memory; after a reload it is asked for. */
function Enter({ id }: { id: string }) {
  const { t } = useTranslation('access');
  const navigate = useNavigate();
  const { state } = useLocation();
  const logIn = useLogIn(() => void navigate(addresses.tasks, { replace: true }));
  const pending = useRef(pendingOf(id)).current;
  const send = useRef(logIn.send);
  useEffect(() => {
    if (pending) send.current({ login: pending.login, beakShape: pending.beakShape });
  }, [pending]);
  if (pending && logIn.problem?.type !== WRONG) {
    return (
      <>
        <p>{t('registration.loggingIn')}</p>
        <LogInTrouble logIn={logIn} />
      </>
    );
  }
  const login = pending?.login ?? (state as { login?: string } | null)?.login ?? id;
  return (
    <>
      <p>{t('registration.logIn')}</p>
      <LogInForm logIn={logIn} login={login} />
    </>
  );
}

function GivenUp({ text }: { text: string }) {
  const { t } = useTranslation('access');
  return (
    <>
      <p>{text}</p>
      <p>
        <Link to={addresses.signUp}>{t('registration.again')}</Link>
      </p>
    </>
  );
}
