import { hash, parseOptions } from '@node-rs/argon2';
import {
  BeakShapeHasher,
  HASHING,
  NOBODYS_HASH,
  type Comparison,
  type KeptHash,
  SCHEME,
} from './beak-shape-hasher';

const compare = (
  hasher: BeakShapeHasher,
  kept: KeptHash | null,
  beakShape: string,
): Promise<Comparison> => hasher.inTurn((inTurn) => inTurn(kept, beakShape));
const WRONG = { isRight: false, renewed: null };

describe('BeakShapeHasher', () => {
  it('keeps a slow hash that only the same shape matches', async () => {
    const hasher = new BeakShapeHasher();
    const kept = { hash: await hasher.hash('curved-yellow-42'), scheme: SCHEME.prepared };
    expect(kept.hash).not.toContain('curved');
    expect(parseOptions(kept.hash)).toMatchObject(HASHING);
    const right = { isRight: true, renewed: null };
    expect(await compare(hasher, kept, 'curved-yellow-42')).toEqual(right);
    expect(await compare(hasher, kept, 'curved-yellow-43')).toEqual(WRONG);
  });

  const NFC = 'клюв-йё-café-42'.normalize('NFC');
  const NFD = NFC.normalize('NFD');

  it('matches a shape however it is typed, once it is hashed as prepared', async () => {
    const hasher = new BeakShapeHasher();
    for (const written of [NFC, NFD]) {
      const kept = { hash: await hasher.hash(written), scheme: SCHEME.prepared };
      for (const typed of [NFC, NFD]) {
        expect(await compare(hasher, kept, typed)).toEqual({ isRight: true, renewed: null });
      }
    }
    const spaced = { hash: await hasher.hash('a b c d e f'), scheme: SCHEME.prepared };
    const typed = 'a\u00a0b\u3000c d\u2003e f';
    expect((await compare(hasher, spaced, typed)).isRight).toBe(true);
    await expect(hasher.hash('curved\u0007yellow')).rejects.toMatchObject({ status: 400 });
  });

  it.each([
    ['as typed', { written: NFD, typed: NFD }],
    ['prepared', { written: NFC, typed: NFD }],
    ['as typed and nothing else', { written: 'curved-yellow-42', typed: 'curved-yellow-42' }],
  ])('matches a hash from before %s, and renews it as prepared', async (_, { written, typed }) => {
    const hasher = new BeakShapeHasher();
    const before = { hash: await hash(written, HASHING), scheme: SCHEME.raw };
    const { isRight, renewed } = await compare(hasher, before, typed);
    expect(isRight).toBe(true);
    const after = { hash: renewed!, scheme: SCHEME.prepared };
    for (const text of [typed, typed.normalize('NFC'), typed.normalize('NFD')]) {
      expect(await compare(hasher, after, text)).toEqual({ isRight: true, renewed: null });
    }
  });

  it('keeps a hash from before of what could not be set today', async () => {
    const hasher = new BeakShapeHasher();
    const before = { hash: await hash('curved\tyellow', HASHING), scheme: SCHEME.raw };
    const right = { isRight: true, renewed: null };
    expect(await compare(hasher, before, 'curved\tyellow')).toEqual(right);
    expect(await compare(hasher, before, 'curved yellow')).toEqual(WRONG);
  });

  it('never takes the raw text for a hash of a prepared one', async () => {
    const hasher = new BeakShapeHasher();
    const kept = { hash: await hash(NFD, HASHING), scheme: SCHEME.prepared };
    expect(await compare(hasher, kept, NFD)).toEqual(WRONG);
  });

  it('renews a hash that was made with other parameters', async () => {
    const hasher = new BeakShapeHasher();
    const weaker = await hash(NFC, { ...HASHING, timeCost: 1 });
    const { renewed } = await compare(hasher, { hash: weaker, scheme: SCHEME.prepared }, NFC);
    expect(parseOptions(renewed!)).toMatchObject(HASHING);
    const wrong = await compare(hasher, { hash: weaker, scheme: SCHEME.prepared }, 'another');
    expect(wrong).toEqual(WRONG);
  });

  it('compares nobody with a hash as slow as everybody’s', async () => {
    expect(parseOptions(NOBODYS_HASH)).toMatchObject(HASHING);
    expect(await compare(new BeakShapeHasher(), null, 'curved-yellow-42')).toEqual(WRONG);
  });

  it('refuses with 429 beyond its queue, and takes the next ones afterwards', async () => {
    const hasher = new BeakShapeHasher();
    const all = await Promise.allSettled(
      Array.from({ length: 105 }, () => compare(hasher, null, 'curved-yellow-42')),
    );
    const refused = all.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused[0]!.reason).toMatchObject({ status: 429, retryAfterSeconds: 2 });
    expect(await compare(hasher, null, 'curved-yellow-42')).toEqual(WRONG);
  });

  it('keeps half of its queue for logins while many sign up at once', async () => {
    const hasher = new BeakShapeHasher();
    const registrations = Promise.allSettled(
      Array.from({ length: 105 }, () => hasher.hash('curved-yellow-42')),
    );
    await expect(compare(hasher, null, 'curved-yellow-42')).resolves.toEqual(WRONG);
    const refused = (await registrations).filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(53);
    expect(refused[0]!.reason).toMatchObject({ status: 429, retryAfterSeconds: 2 });
  });
});
