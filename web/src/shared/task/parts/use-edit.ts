import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ifMatch, useChange } from '../../../api/change';
import { useDraft, type Draft } from '../../../ui/use-draft';
import { showChange, type Task } from '../queries';
import { splitTitle, wholeTitle } from '../title';
import type { TaskTexts } from './task-fields';

/** Edit of a task, in place. */
export interface Edit {
  isOpen: boolean;
  draft: Draft<TaskTexts>;
  change: Pick<Change, 'problem' | 'isBusy' | 'reset'>;
  begin(): void;
  /** Sends what was changed, on top of this version. */
  save(version: number): void;
  drop(): void;
}

type Change = ReturnType<typeof useChange<'patch', '/api/v1/tasks/{id}'>>;

const TEXTS = ['title', 'description'] as const;

/** Returns the texts of a task as they are typed. */
export function textsOf(task: Task): TaskTexts {
  return { title: wholeTitle(task), description: task.description ?? '' };
}

/** Edits the texts of a task; shown before the answer, taken back by a refusal. */
export function useEdit(task: Task): Edit {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const draft = useDraft<TaskTexts>({ ...textsOf(task), version: task.version }, TEXTS);
  const close = (): void => {
    draft.drop();
    setOpen(false);
  };
  const change = useChange('patch', '/api/v1/tasks/{id}', {
    touches: ['/api/v1/tasks'],
    onSend: ({ body }) =>
      showChange(queries, task.id, {
        ...(body?.title !== undefined && storedTitle(body.title)),
        ...(body?.description !== undefined && { description: body.description }),
      }),
    onDone: close,
  });
  return {
    isOpen,
    draft,
    change,
    begin: () => setOpen(true),
    save(version) {
      if (!draft.isChanged) return close();
      const { title, description } = draft.changes;
      change.send({
        params: { path: { id: task.id }, header: ifMatch(version) },
        body: {
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description: description || null }),
        },
      });
    },
    drop() {
      close();
      change.reset();
    },
  };
}

function storedTitle(typed: string): Pick<Task, 'jiraId' | 'title'> {
  const { jiraId, title } = splitTitle(typed);
  return { jiraId, title };
}
