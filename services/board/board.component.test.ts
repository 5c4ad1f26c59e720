import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { startBoard, PRICES, type BoardUnderTest } from './testing/board-under-test';

let board: BoardUnderTest;
beforeAll(async () => {
  board = await startBoard();
});
afterAll(() => board.stop());
beforeEach(() => board.reset());

const employee = { id: newId() };
const manager = { id: newId(), role: 'manager' as const };

describe('the way of a task', () => {
  it('goes from creation by distribution to finish, with an event for each step', async () => {
    const { client, database, activeIds } = board;
    const creation = await client
      .as(employee)
      .post('/tasks')
      .send({ title: '[UBERPOP-42] - Change the button to green' });
    expect(creation.status).toBe(201);
    expect(creation.headers['etag']).toBe('"1"');
    expect(creation.body).toMatchObject({
      jiraId: 'UBERPOP-42',
      title: 'Change the button to green',
      status: 'open',
      assigneeId: null,
      createdBy: employee.id,
      ...PRICES,
    });
    const { id } = creation.body as { id: string };

    const distribution = await client
      .as(manager)
      .post('/distributions')
      .send({ scope: 'unassigned' });
    expect(distribution.status).toBe(201);
    expect(distribution.body).toMatchObject({ by: manager.id, taskCount: 1 });
    const { body: dealt } = await client.as(employee).get(`/tasks/${id}`);
    expect(activeIds).toContain(dealt.assigneeId);

    const finish = await client.as({ id: dealt.assigneeId }).post(`/tasks/${id}/finish`);
    expect(finish.status).toBe(200);
    expect(finish.body).toMatchObject({ status: 'finished', version: 3 });
    const events = await query(database, 'SELECT type, subject, data FROM outbox ORDER BY id');
    expect(events).toEqual([
      {
        type: 'TaskAssigned.v1',
        subject: id,
        data: {
          taskId: id,
          userId: dealt.assigneeId,
          assignmentNumber: 1,
          assignedAt: distribution.body.at,
          distributionId: distribution.body.id,
        },
      },
      {
        type: 'TaskFinished.v1',
        subject: id,
        data: { taskId: id, userId: dealt.assigneeId, finishedAt: finish.body.finishedAt },
      },
    ]);
  });
});
