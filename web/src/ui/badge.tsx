import classes from './badge.module.css';
import { useLanguage } from './use-language';

/** Number beside an entry of the menu; words say what it counts. */
export function Badge({ count, words }: { count: number; words: string }) {
  const language = useLanguage();
  return (
    <span className={classes['badge']}>
      <span aria-hidden>{count.toLocaleString(language)}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}
