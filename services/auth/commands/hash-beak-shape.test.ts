import { parseOptions } from '@node-rs/argon2';
import { BeakShapeHasher, HASHING, NOBODYS_HASH } from './hash-beak-shape';

describe('BeakShapeHasher', () => {
  it('keeps a slow hash that only the same shape matches', async () => {
    const hasher = new BeakShapeHasher();
    const hash = await hasher.hash('curved-yellow-42');
    expect(hash).not.toContain('curved');
    expect(parseOptions(hash)).toMatchObject(HASHING);
    expect(await hasher.matches(hash, 'curved-yellow-42')).toBe(true);
    expect(await hasher.matches(hash, 'curved-yellow-43')).toBe(false);
  });

  it('compares nobody with a hash as slow as everybody’s', async () => {
    expect(parseOptions(NOBODYS_HASH)).toMatchObject(HASHING);
    expect(await new BeakShapeHasher().matches(null, 'curved-yellow-42')).toBe(false);
  });

  it('refuses with 429 beyond its queue, and takes the next ones afterwards', async () => {
    const hasher = new BeakShapeHasher();
    const all = await Promise.allSettled(
      Array.from({ length: 105 }, () => hasher.matches(null, 'curved-yellow-42')),
    );
    const refused = all.filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused[0]!.reason).toMatchObject({ status: 429, retryAfterSeconds: 2 });
    expect(await hasher.matches(null, 'curved-yellow-42')).toBe(false);
  });

  it('keeps half of its queue for logins while many sign up at once', async () => {
    const hasher = new BeakShapeHasher();
    const registrations = Promise.allSettled(
      Array.from({ length: 105 }, () => hasher.hash('curved-yellow-42')),
    );
    await expect(hasher.matches(null, 'curved-yellow-42')).resolves.toBe(false);
    const refused = (await registrations).filter((each) => each.status === 'rejected');
    expect(refused).toHaveLength(53);
    expect(refused[0]!.reason).toMatchObject({ status: 429, retryAfterSeconds: 2 });
  });
});
