import { useTranslation } from 'react-i18next';
import classes from '../distribution.module.css';
import { SCOPES, type Scope } from '../queries';

/** Which tasks are dealt: each choice says how many that are now. */
export function ScopeChoice({
  value,
  counts,
  onChange,
}: {
  value: Scope;
  counts: Readonly<Record<Scope, number | undefined>>;
  onChange: (scope: Scope) => void;
}) {
  const { t } = useTranslation('distribution');
  return (
    <fieldset className={classes['scopes']}>
      <legend className="visually-hidden">{t('scope.label')}</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className={classes['scope']}>
          <input
            type="radio"
            name="scope"
            value={scope}
            checked={scope === value}
            onChange={() => onChange(scope)}
          />
          <span className={classes['scopeName']}>{t(`scope.${scope}`)}</span>
          <span className="quiet">{whyOf(scope, counts[scope])}</span>
        </label>
      ))}
    </fieldset>
  );

  function whyOf(scope: Scope, count: number | undefined): string {
    if (count === undefined) return t(`scope.${scope}Why`);
    return t(`scope.${scope}Count`, { count });
  }
}
