import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DraftProblem, isStale } from '../../../ui/conflict';
import { useFaults } from '../../../ui/use-faults';
import type { Task } from '../queries';
import classes from '../task.module.css';
import { TaskFields } from './task-fields';
import { textsOf, type Edit } from './use-edit';

/** The texts of a task while they are edited; two versions where somebody was faster. */
export function EditForm({ task, edit }: { task: Task; edit: Edit }) {
  const { t } = useTranslation('task');
  const { t: common } = useTranslation();
  const { draft, change } = edit;
  const faultOf = useFaults(change.problem);
  const now = textsOf(task);
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        edit.save(draft.version);
      }}
    >
      <TaskFields texts={draft.values} faultOf={faultOf} onChange={draft.change} />
      <DraftProblem
        draft={draft}
        change={change}
        fields={draft.differing.map((key) => ({
          key,
          label: t(`fields.${key}`),
          theirs: now[key] || '—',
          mine: draft.values[key] || '—',
        }))}
        onKeepMine={() => edit.save(task.version)}
      />
      <div className={classes['buttons']}>
        <Button
          type="submit"
          loading={change.isBusy}
          disabled={draft.values.title.trim() === '' || isStale(draft, change.problem)}
        >
          {common('actions.save')}
        </Button>
        <Button variant="default" onClick={edit.drop}>
          {common('actions.cancel')}
        </Button>
      </div>
    </form>
  );
}
