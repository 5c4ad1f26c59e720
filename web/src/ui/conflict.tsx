import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api/problems';
import classes from './conflict.module.css';
import { FormProblem } from './form-problem';
import type { Draft } from './use-draft';

const STALE = 'stale-version';

/** A field of which there are two versions. */
export interface ConflictField {
  key: string;
  label: string;
  /** What is stored now. */
  theirs: ReactNode;
  mine: ReactNode;
}

/**
 * Both versions side by side by field, after a change that was based on an older one (412). "Keep
 * mine" sends the change again with the new version.
 */
export function Conflict({
  fields,
  isBusy,
  onKeepMine,
  onTakeTheirs,
}: {
  fields: readonly ConflictField[];
  isBusy: boolean;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const { t } = useTranslation();
  return (
    <section className={classes['conflict']} role="alert">
      <p>{t('conflict.title')}</p>
      <table>
        <caption className="visually-hidden">{t('conflict.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
            <th scope="col">{t('conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ key, label, theirs, mine }) => (
            <tr key={key}>
              <th scope="row">{label}</th>
              <td>{theirs}</td>
              <td>{mine}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onTakeTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
        <Button loading={isBusy} onClick={onKeepMine}>
          {t('conflict.keepMine')}
        </Button>
      </div>
    </section>
  );
}

/** Whether a change was refused because somebody else changed the same thing meanwhile. */
export function isStale(draft: Pick<Draft<object>, 'isChanged'>, problem: Problem | null): boolean {
  return draft.isChanged && problem?.type === STALE;
}

/** Under a form with a draft: both versions after a 412, or why it was refused. */
export function DraftProblem({
  draft,
  change: { problem, isBusy, reset },
  fields,
  besideFields = [],
  onKeepMine,
}: {
  draft: Pick<Draft<object>, 'isChanged' | 'keep' | 'drop'>;
  change: { problem: Problem | null; isBusy: boolean; reset: () => void };
  fields: readonly ConflictField[];
  /** Types of problems that are shown beside a field. */
  besideFields?: readonly string[];
  /** Sends the draft with the version that is stored now. */
  onKeepMine: () => void;
}) {
  if (!isStale(draft, problem)) {
    return <FormProblem problem={problem} besideFields={[STALE, ...besideFields]} />;
  }
  return (
    <Conflict
      fields={fields}
      isBusy={isBusy}
      onKeepMine={() => {
        draft.keep();
        onKeepMine();
      }}
      onTakeTheirs={() => {
        draft.drop();
        reset();
      }}
    />
  );
}
