import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { sections } from './page';
import classes from './shell.module.css';
import { usePages, type Listed } from './use-pages';

/** All entries by section. */
export function Sections({ isIdle }: { isIdle: boolean }) {
  const { t } = useTranslation();
  const entries = usePages();
  return sections.map((section) => {
    const inside = entries.filter(({ menu }) => menu.section === section);
    return (
      inside.length > 0 && (
        <div key={section} className={classes['section']}>
          <span className={classes['sectionName']}>{t(`sections.${section}`)}</span>
          <ul>
            {inside.map((page) => (
              <Entry key={page.address} page={page} isIdle={isIdle} />
            ))}
          </ul>
        </div>
      )
    );
  });
}

/** Entry of the menu. What it says beside its name, and whether it is there, comes when idle. */
export function Entry({ page, isIdle }: { page: Listed; isIdle: boolean }) {
  const { t } = useTranslation();
  const { address, title, load, menu } = page;
  const { icon: Icon, Badge, When } = menu;
  const entry = (
    <li>
      <NavLink to={address} className={classes['entry']} onPointerEnter={() => void load()}>
        <Icon size={20} stroke={1.5} aria-hidden />
        <span>{t(title)}</span>
        {Badge && isIdle && (
          <Suspense fallback={null}>
            <Badge />
          </Suspense>
        )}
      </NavLink>
    </li>
  );
  if (!When) return entry;
  return (
    isIdle && (
      <Suspense fallback={null}>
        <When>{entry}</When>
      </Suspense>
    )
  );
}
