import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor';

const place = z.strictObject({ name: z.string(), n: z.int() });
const ours = encodeCursor({ name: 'Пёс?>', n: 1 });
const raw = (text: string | Buffer): string => Buffer.from(text).toString('base64url');

describe('decodeCursor', () => {
  it('reads what encodeCursor wrote', () => {
    expect(decodeCursor(ours, place)).toEqual({ name: 'Пёс?>', n: 1 });
    expect(decodeCursor(undefined, place)).toBeNull();
  });

  it.each([
    ['padded', `${ours}=`],
    ['with a blank', ` ${ours}`],
    ['with characters that base64 skips', `${ours.slice(0, 4)}!${ours.slice(4)}`],
    ['in the other alphabet', Buffer.from('{"name":"?>?>","n":1}').toString('base64')],
    ['with bits left over', `${raw('{"name":"a","n":1}').slice(0, -1)}R`],
    ['that is not UTF-8', raw(Buffer.from('{"name":"\xef","n":1}', 'latin1'))],
    ['with an unknown field', raw('{"name":"a","n":1,"__proto__":{}}')],
    ['that is no JSON', raw('{')],
    ['that is empty', ''],
  ])('refuses one %s', (_, cursor) => {
    expect(() => decodeCursor(cursor, place)).toThrow('not one of ours');
  });
});
