import type { SeenUser } from '../../../shared/user/queries';
import { useTranslation } from 'react-i18next';
import { generatePath, Link } from 'react-router';
import { addresses } from '../../../app/addresses';
import classes from '../people.module.css';

/** Groups of a person, each leading to where members are added and removed. */
export function UserGroups({ user: { groups } }: { user: SeenUser }) {
  const { t } = useTranslation('people');
  if (groups.length === 0) return <p className="quiet">{t('user.noGroups')}</p>;
  return (
    <ul className={classes['members']}>
      {groups.map(({ id, name }) => (
        <li key={id}>
          <Link to={generatePath(addresses.group, { id })}>{name}</Link>
        </li>
      ))}
    </ul>
  );
}
