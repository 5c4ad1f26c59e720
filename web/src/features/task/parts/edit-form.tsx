import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RequestId } from '../../../ui/request-id';
import { useFaults } from '../../../ui/use-faults';
import { useProblemText } from '../../../ui/use-problem-text';
import { Versions } from '../../../ui/versions';
import type { Task } from '../queries';
import classes from '../task.module.css';
import { TaskFields } from './task-fields';
import { textsOf, type Edit } from './use-edit';

const TEXTS = ['title', 'description'] as const;

/** The texts of a task while they are edited; two versions where somebody was faster. */
export function EditForm({ task, edit }: { task: Task; edit: Edit }) {
  const { t } = useTranslation('task');
  const { t: common } = useTranslation();
  const { draft, problem, isBusy, isStale } = edit;
  const faultOf = useFaults(problem);
  if (!draft) return null;
  if (isStale) {
    const now = textsOf(task);
    return (
      <Versions
        fields={TEXTS.filter((text) => draft[text] !== draft.base[text]).map((text) => ({
          key: text,
          label: t(`fields.${text}`),
          theirs: now[text],
          mine: draft[text],
        }))}
        isBusy={isBusy}
        onKeep={edit.keepMine}
        onDrop={edit.drop}
      />
    );
  }
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        edit.save();
      }}
    >
      <TaskFields texts={draft} faultOf={faultOf} onChange={edit.write} />
      <Trouble edit={edit} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={isBusy} disabled={draft.title.trim() === ''}>
          {common('actions.save')}
        </Button>
        <Button variant="default" onClick={edit.drop}>
          {common('actions.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** What is wrong beside faults of fields, which the fields say. */
function Trouble({ edit: { problem } }: { edit: Edit }) {
  const text = useProblemText();
  if (!problem || problem.faults.length > 0) return null;
  return (
    <div role="alert" className={classes['problem']}>
      <p>{text(problem)}</p>
      <RequestId problem={problem} />
    </div>
  );
}
