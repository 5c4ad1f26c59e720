import { thingsChanged, type Hint } from '../contracts/events/hints';
import { newId } from '../kernel/ids';
import { hintsAbout, type Change } from './hints';

const BODY_LIMIT = 64 * 1_024;
const AT = new Date('2026-03-02T12:00:00Z');
const [kesha, gosha] = [newId(), newId()];

const hintsOf = (changes: Change[]): Hint[] =>
  hintsAbout(changes, AT).flatMap(({ data }) => thingsChanged.schema.parse(data).hints);

const tasks = (things: Change['things']): Change => ({
  topic: 'task',
  things,
  watchers: 'tasks.view-all',
});

describe('hints about changes', () => {
  it('name to people their own things, and to watchers all of them', () => {
    const things = [
      { userId: kesha, id: 'a' },
      { userId: gosha, id: 'b' },
      { userId: kesha, id: 'c' },
      { userId: null, id: 'd' },
    ];
    expect(hintsOf([tasks(things)])).toEqual([
      {
        topic: 'task',
        people: [
          { userId: kesha, ids: ['a', 'c'] },
          { userId: gosha, ids: ['b'] },
        ],
        watchers: 'tasks.view-all',
        ids: ['a', 'b', 'c', 'd'],
      },
    ]);
  });

  it('name no ids when there are too many or one is unknown', () => {
    const many = Array.from({ length: 11 }, (_, index) => ({ userId: kesha, id: `${index}` }));
    const hint = { topic: 'task', people: [{ userId: kesha }], watchers: 'tasks.view-all' };
    expect(hintsOf([tasks(many)])).toEqual([hint]);
    expect(hintsOf([tasks([{ userId: kesha }, { userId: kesha, id: 'a' }])])).toEqual([hint]);
  });

  it('are none when nobody can be told', () => {
    expect(hintsAbout([tasks([])], AT)).toEqual([]);
    const nobody = [{ userId: null, id: 'a' }];
    expect(hintsAbout([{ topic: 'task', things: nobody, watchers: null }], AT)).toEqual([]);
  });

  it('reach every person of a crowd, in events of less than 64 kB', () => {
    const ids = Array.from({ length: 5_000 }, () => newId());
    const crowd = tasks(ids.map((userId) => ({ userId, id: newId() })));
    const events = hintsAbout([crowd, { ...crowd, topic: 'entry' }], AT);
    const told = events.flatMap(({ data }) => thingsChanged.schema.parse(data).hints);
    for (const topic of ['task', 'entry']) {
      const ofTopic = told.filter((hint) => hint.topic === topic);
      const people = ofTopic.flatMap(({ people }) => people);
      expect(people.map(({ userId }) => userId)).toEqual(ids);
      expect(ofTopic.filter(({ watchers }) => watchers !== null)).toHaveLength(1);
    }
    const sizes = events.map(({ data }) => JSON.stringify(data).length);
    expect(Math.max(...sizes)).toBeLessThan(BODY_LIMIT);
  });

  it('with as many ids as they may have: less than 64 kB too', () => {
    const people = Array.from({ length: 20 }, () => newId());
    const things = people.flatMap((userId) =>
      Array.from({ length: 10 }, () => ({ userId, id: newId() })),
    );
    const events = hintsAbout(
      Array.from({ length: 4 }, () => tasks(things)),
      AT,
    );
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events[0]!.data).length).toBeLessThan(BODY_LIMIT);
  });
});
