import { useTranslation } from 'react-i18next';
import { useFreshness } from '../api/live';
import { useLive } from './live-context';
import classes from './live-dot.module.css';

/** Says whether the page refreshes by hints or by polling. */
export function LiveDot() {
  const { t } = useTranslation();
  const freshness = useFreshness(useLive());
  const text = t(`freshness.${freshness}`);
  return (
    <span role="status" title={text} className={classes['dot']} data-freshness={freshness}>
      <span aria-hidden>{freshness === 'live' ? '●' : '○'}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
