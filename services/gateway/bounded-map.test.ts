import { BoundedMap } from './bounded-map';

describe('BoundedMap', () => {
  it('forgets what was not used for longest once it is full', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3]);
  });

  it('replaces a value without forgetting another', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect(['a', 'b'].map((key) => map.get(key))).toEqual([3, 2]);
  });

  it('forgets what it is told to', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });
});
