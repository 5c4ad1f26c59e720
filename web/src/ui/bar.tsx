import classes from './bar.module.css';
import { useLanguage } from './use-language';

const PERCENT = 100;

/** A number, and a bar that compares it with the largest of its column. */
export function Bar({ value, largest }: { value: number; largest: number }) {
  const language = useLanguage();
  const share = largest === 0 ? 0 : (value / largest) * PERCENT;
  return (
    <span className={classes['bar']}>
      <span className={classes['number']}>{value.toLocaleString(language)}</span>
      <span className={classes['track']} aria-hidden>
        <span className={classes['part']} style={{ width: `${share}%` }} />
      </span>
    </span>
  );
}
