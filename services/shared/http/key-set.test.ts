import { generateKeyPairSync } from 'node:crypto';
import { KeySet, type PublicJwk } from './access-token';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function jwk(kid: string): PublicJwk {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...publicKey.export({ format: 'jwk' }), kid } as PublicJwk;
}
const [march, april] = [jwk('2026-03'), jwk('2026-04')];

describe('KeySet', () => {
  let now: number;
  let fetches: number;
  /** What Auth publishes; null while it is away. */
  let published: PublicJwk[] | null;
  let keys: KeySet;

  beforeEach(() => {
    now = 0;
    fetches = 0;
    published = [march];
    const fetchKeys = (): Promise<PublicJwk[]> => {
      fetches += 1;
      return published ? Promise.resolve(published) : Promise.reject(new Error('Auth is away'));
    };
    keys = new KeySet(fetchKeys, () => now);
  });

  const isKnown = async ({ kid }: PublicJwk): Promise<boolean> => (await keys.find(kid)) !== null;

  it('fetches once for many who ask', async () => {
    const found = await Promise.all([march, march, april].map(isKnown));
    expect(found).toEqual([true, true, false]);
    expect(fetches).toBe(1);
  });

  it('learns a new key when a token names it, and forgets one that is published no more', async () => {
    await isKnown(march);
    published = [april];
    now += MINUTE_MS;
    expect(await isKnown(april)).toBe(true);
    expect(await isKnown(march)).toBe(false);
  });

  it('forgets a key that is published no more though every token names it', async () => {
    await isKnown(march);
    published = [april];
    now += 10 * MINUTE_MS;
    expect(await isKnown(march)).toBe(false);
    expect(fetches).toBe(2);
  });

  it.each([
    ['while Auth answers', true],
    ['while Auth is away', false],
  ])('fetches once a minute, however many unknown keys are named, %s', async (_, answers) => {
    await isKnown(march);
    if (!answers) published = null;
    fetches = 0;
    for (let second = 0; second < 300; second += 1) {
      now += 1_000;
      const found = await Promise.all(['a', 'b', 'c'].map((kid) => keys.find(`${second}${kid}`)));
      expect(found).toEqual([null, null, null]);
    }
    expect(fetches).toBe(5);
    expect(await isKnown(march)).toBe(true);
  });

  it('trusts what it knows for a day without Auth, and then nothing', async () => {
    await isKnown(march);
    published = null;
    now += 24 * HOUR_MS - 1;
    expect(await isKnown(march)).toBe(true);
    now += 1;
    await expect(keys.find(march.kid)).rejects.toThrow('Auth is away');
    published = [march];
    expect(await isKnown(march)).toBe(true);
  });

  it('asks again at once as long as it knows no key at all', async () => {
    published = null;
    await expect(keys.find(march.kid)).rejects.toThrow('Auth is away');
    await expect(keys.find(march.kid)).rejects.toThrow('Auth is away');
    published = [march];
    expect(await isKnown(march)).toBe(true);
  });
});
