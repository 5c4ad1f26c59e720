import { catalogue } from '../../services/catalogue';
import { committedText } from '../../tools/generate/generated-file';
import {
  CHANGED_MIGRATIONS,
  changedMigrations,
  currentChecksums,
  migrating,
  releasedMigrationsFile,
} from '../../tools/generate/released-migrations';

it('every service with a database is looked at', () => {
  const folders = catalogue.flatMap(({ migrates }) => migrates ?? []);
  expect([...migrating].sort()).toEqual([...folders].sort());
});

it('a listed migration stays as it is', () => {
  const changed = changedMigrations();
  expect(changed.length === 0 ? [] : [CHANGED_MIGRATIONS, ...changed]).toEqual([]);
});

it('every migration is listed: run npm run generate', () => {
  const { path, text } = releasedMigrationsFile();
  expect(committedText(path)).toBe(text);
});

it('a change and a removal are told by name', () => {
  const { account, ...others } = currentChecksums();
  const committed = {
    account: { ...account, CreateLedger1760000000001: 'other' },
    gone: { A1: 'a' },
  };
  const current = { account: account!, ...others };
  expect(changedMigrations(current, committed)).toEqual([
    'account CreateLedger1760000000001',
    'gone A1',
  ]);
});
