import { isChangedBy, isSeenBy, type OwnedTask } from './own-task';

const person = (id: string, ...permissions: string[]): { id: string; permissions: string[] } => ({
  id,
  permissions,
});
const fresh: OwnedTask = { createdBy: 'creator', assigneeId: null, assignmentNumber: 0 };
const dealt: OwnedTask = { createdBy: 'creator', assigneeId: 'assignee', assignmentNumber: 1 };

describe('isSeenBy', () => {
  it.each([
    ['the creator', person('creator'), true],
    ['the assignee', person('assignee'), true],
    ['tasks.view-all', person('somebody', 'tasks.view-all'), true],
    ['tasks.distribute alone', person('somebody', 'tasks.distribute'), false],
    ['a stranger', person('somebody'), false],
  ])('says of %s: %s %s', (_, who, isSeen) => {
    expect(isSeenBy(dealt, who)).toBe(isSeen);
  });

  it('takes a task of nobody for nobody’s', () => {
    expect(isSeenBy(fresh, person('assignee'))).toBe(false);
  });
});

describe('isChangedBy', () => {
  it.each([
    ['the creator of a task never dealt', fresh, person('creator'), true],
    ['the creator of a task that was dealt', dealt, person('creator'), false],
    [
      'the creator who is also the assignee',
      { ...dealt, assigneeId: 'creator' },
      person('creator'),
      false,
    ],
    ['the assignee', dealt, person('assignee'), false],
    ['tasks.distribute, never dealt', fresh, person('somebody', 'tasks.distribute'), true],
    ['tasks.distribute, dealt', dealt, person('somebody', 'tasks.distribute'), true],
    ['tasks.view-all', dealt, person('somebody', 'tasks.view-all'), false],
  ])('says of %s: %s', (_, task, who, isChanged) => {
    expect(isChangedBy(task, who)).toBe(isChanged);
  });
});
