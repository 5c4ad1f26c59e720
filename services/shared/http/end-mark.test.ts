import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UntilEndMark } from './end-mark';

const MARK = 'ab'.repeat(16);
const PARTS = 50;

it('an answer to a slow client is whole, and adds one listener, however often it waits', async () => {
  let received = '';
  let listeners = 0;
  const client = new Writable({
    highWaterMark: 1,
    write(chunk: Buffer, _, done) {
      received += chunk.toString();
      setImmediate(done);
    },
  });
  client.on('newListener', (name) => {
    if (name === 'drain') listeners += 1;
  });
  const parts = Array.from({ length: PARTS }, (_, at) => `part ${at} of a long answer;`);
  await pipeline(Readable.from([...parts, MARK]), new UntilEndMark(MARK, client));
  expect(received).toBe(parts.join(''));
  expect(listeners).toBe(1);
});
