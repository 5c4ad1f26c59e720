import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog';
import classes from './finder.module.css';
import { usePages } from './use-pages';

const KEYS = [
  ['?', 'keys.list'],
  ['/', 'keys.palette'],
  ['j', 'keys.down'],
  ['k', 'keys.up'],
  ['Enter', 'keys.open'],
  ['f', 'keys.finish'],
  ['e', 'keys.edit'],
  ['n', 'keys.new'],
  ['r', 'keys.retry'],
  ['Esc', 'keys.close'],
] as const;

/** Dialog that names the keys; those of pages as far as the person sees the pages. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('finder');
  const { t: common } = useTranslation();
  const pages = usePages().flatMap(({ title, menu: { shortcut } }) =>
    shortcut === undefined ? [] : [{ shortcut, title }],
  );
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <table className={classes['keys']}>
        <caption className="visually-hidden">{t('keys.title')}</caption>
        <tbody>
          {KEYS.map(([key, text]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{t(text)}</td>
            </tr>
          ))}
          {pages.map(({ shortcut, title }) => (
            <tr key={shortcut}>
              <th scope="row">
                <kbd>g</kbd> <kbd>{shortcut}</kbd>
              </th>
              <td>{common(title)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('keys.off')}</p>
    </Dialog>
  );
}
