import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../../api/change';
import { usePeople } from '../../../api/people';
import type { Problem } from '../../../api/problems';
import { useMay } from '../../../api/session';
import { Dialog } from '../../../ui/dialog';
import { Checkbox } from '../../../ui/fields';
import { RequestId } from '../../../ui/request-id';
import { useFaults } from '../../../ui/use-faults';
import { useProblemText } from '../../../ui/use-problem-text';
import { Sums } from './sums';
import { TaskFields } from './task-fields';
import { TaskName } from './task-name';
import type { Task } from '../queries';
import classes from '../task.module.css';

export interface NewTaskProps {
  /** The task that was created is to be opened. */
  onOpen: (task: Task) => void;
  onClose: () => void;
}

const EMPTY = { title: '', description: '' };
const AWAY = 'unavailable';

/** Dialog for a new task: its answer shows the price that was drawn. */
export function NewTaskDialog({ onOpen, onClose }: NewTaskProps) {
  const { t } = useTranslation('task');
  const [id, setId] = useState(() => crypto.randomUUID());
  const [texts, setTexts] = useState(EMPTY);
  const [isDealt, setDealt] = useState(false);
  const create = useChange('post', '/api/v1/tasks', { touches: ['/api/v1/tasks'] });
  const faultOf = useFaults(create.problem);
  const created = create.data;
  const again = (): void => {
    create.reset();
    setId(crypto.randomUUID());
    setTexts(EMPTY);
  };
  return (
    <Dialog
      title={t(created ? 'new.done' : 'new.title')}
      onClose={onClose}
      isTouched={!created && (texts.title !== '' || texts.description !== '')}
    >
      {created ? (
        <Created task={created} onOpen={() => onOpen(created)} onAgain={again} />
      ) : (
        <form
          className={classes['form']}
          onSubmit={(event) => {
            event.preventDefault();
            const { title, description } = texts;
            const body = { id, title, description: description || null, deal: isDealt };
            create.send({ body });
          }}
        >
          <TaskFields texts={texts} faultOf={faultOf} onChange={setTexts} />
          <DealAtOnce isChecked={isDealt} onChange={setDealt} />
          <Trouble problem={create.problem} />
          <div className={classes['buttons']}>
            <Button type="submit" loading={create.isBusy} disabled={texts.title.trim() === ''}>
              {t('new.submit')}
            </Button>
            <Close onClose={onClose} />
          </div>
        </form>
      )}
    </Dialog>
  );
}

function Close({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" onClick={onClose}>
      {t('actions.cancel')}
    </Button>
  );
}

function DealAtOnce({
  isChecked,
  onChange,
}: {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}) {
  const { t } = useTranslation('task');
  if (!useMay('tasks.distribute')) return null;
  return (
    <Checkbox
      label={t('new.deal')}
      description={t('new.dealWhy')}
      checked={isChecked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    />
  );
}

/** What is wrong beside faults of fields; without a price nothing is created. */
function Trouble({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation('task');
  const text = useProblemText();
  if (!problem || problem.faults.length > 0) return null;
  return (
    <div role="alert" className={classes['problem']}>
      <p>{problem.type === AWAY ? t('new.noPrice') : text(problem)}</p>
      <RequestId problem={problem} />
    </div>
  );
}

function Created({
  task,
  onOpen,
  onAgain,
}: {
  task: Task;
  onOpen: () => void;
  onAgain: () => void;
}) {
  const { t } = useTranslation('task');
  const { assigneeId } = task;
  const nameOf = usePeople([assigneeId]);
  return (
    <div className={classes['form']} role="status">
      <TaskName task={task} />
      <Sums task={task} />
      <p>{assigneeId === null ? t('new.waits') : t('new.dealt', { name: nameOf(assigneeId) })}</p>
      <div className={classes['buttons']}>
        <Button onClick={onOpen} autoFocus>
          {t('new.open')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t('new.another')}
        </Button>
      </div>
    </div>
  );
}
