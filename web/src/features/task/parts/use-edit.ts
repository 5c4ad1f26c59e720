import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ifMatch, useChange } from '../../../api/change';
import type { Problem } from '../../../api/problems';
import { showChange, type Task } from '../queries';
import { splitTitle, wholeTitle } from '../title';
import type { TaskTexts } from './task-fields';

/** Texts of a task in the making, and the version they began with. */
interface Draft extends TaskTexts {
  base: TaskTexts;
  version: number;
}

/** Edit of a task, in place. */
export interface Edit {
  /** Null while nothing is edited. */
  draft: Draft | null;
  isBusy: boolean;
  problem: Problem | null;
  /** Somebody changed the task meanwhile, and what it is now is known. */
  isStale: boolean;
  begin(): void;
  write(texts: TaskTexts): void;
  save(): void;
  /** Sends the draft on top of what the task is now. */
  keepMine(): void;
  drop(): void;
}

const STALE = 'stale-version';

/** Returns the texts of a task as they are typed. */
export function textsOf(task: Task): TaskTexts {
  return { title: wholeTitle(task), description: task.description ?? '' };
}

/** Edits the texts of a task; shown before the answer, taken back by a refusal. */
export function useEdit(task: Task): Edit {
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft | null>(null);
  const change = useChange('patch', '/api/v1/tasks/{id}', {
    touches: ['/api/v1/tasks'],
    onSend: ({ body }) =>
      showChange(queries, task.id, {
        ...(body?.title !== undefined && storedTitle(body.title)),
        ...(body?.description !== undefined && { description: body.description }),
      }),
    onDone: () => setDraft(null),
  });
  const send = (version: number): void => {
    if (!draft) return;
    const { title, description, base } = draft;
    if (title === base.title && description === base.description) return setDraft(null);
    change.send({
      params: { path: { id: task.id }, header: ifMatch(version) },
      body: {
        ...(title !== base.title && { title }),
        ...(description !== base.description && { description: description || null }),
      },
    });
  };
  return {
    draft,
    isBusy: change.isBusy,
    problem: change.problem,
    isStale: change.problem?.type === STALE && draft !== null && task.version !== draft.version,
    begin() {
      const texts = textsOf(task);
      setDraft({ ...texts, base: texts, version: task.version });
    },
    write: (texts) => setDraft((before) => before && { ...before, ...texts }),
    save: () => draft && send(draft.version),
    keepMine() {
      setDraft((before) => before && { ...before, version: task.version });
      send(task.version);
    },
    drop() {
      setDraft(null);
      change.reset();
    },
  };
}

function storedTitle(typed: string): Pick<Task, 'jiraId' | 'title'> {
  const { jiraId, title } = splitTitle(typed);
  return { jiraId, title };
}
