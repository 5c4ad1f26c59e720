/** `npm run generate`: writes the API document, schemas, manifests and the list of migrations. */
import { contractFiles } from './contracts';
import { brokenEvents } from './event-baseline';
import { writeGenerated } from './generated-file';
import { manifests } from './manifests';
import { openApiFile } from './open-api';
import { allRoutes, publicRoutes } from './programs';
import {
  CHANGED_MIGRATIONS,
  changedMigrations,
  releasedMigrationsFile,
} from './released-migrations';
import { webClientFile } from './web-client';

const contracts = contractFiles();
const broken = brokenEvents(contracts);
const changed = changedMigrations();
if (broken.length > 0) {
  console.error('These changes cannot be read by consumers that run already:');
  for (const change of broken) console.error(`  ${change}`);
  console.error('Nothing was written. Add a new version of the event beside the old one.');
  process.exitCode = 1;
} else if (changed.length > 0) {
  console.error(CHANGED_MIGRATIONS);
  for (const migration of changed) console.error(`  ${migration}`);
  process.exitCode = 1;
} else {
  const routes = allRoutes();
  const document = openApiFile(publicRoutes());
  const rest = [releasedMigrationsFile(), ...manifests(routes)];
  writeGenerated([document, webClientFile(document), ...contracts, ...rest]);
}
