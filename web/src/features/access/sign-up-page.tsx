import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSettings } from '../../api/session';
import { addresses } from '../../app/addresses';
import classes from './access.module.css';
import { SignUpForm } from './sign-up-form';

/** Becoming a popug: the form, where people may register themselves. */
export function SignUpPage() {
  const { t } = useTranslation('access');
  const settings = useSettings().data;
  return (
    <main className={classes['page']}>
      <h1>{t('signUp.title')}</h1>
      {settings?.signUpEnabled === false ? <p>{t('signUp.off')}</p> : <SignUpForm />}
      <p>
        {t('signUp.hasAccount')} <Link to={addresses.logIn}>{t('logIn.submit')}</Link>
      </p>
    </main>
  );
}
