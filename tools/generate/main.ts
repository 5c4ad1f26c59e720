/** `npm run generate`: the API document, the contracts' schemas and the manifests of access. */
import { accessLists, callPolicies } from './access-lists';
import { contractFiles } from './contracts';
import { brokenEvents } from './event-baseline';
import { writeGenerated } from './generated-file';
import { openApiFile } from './open-api';
import { allRoutes, publicRoutes } from './public-routes';

const contracts = contractFiles();
const broken = brokenEvents(contracts);
if (broken.length > 0) {
  console.error('These changes cannot be read by consumers that run already:');
  for (const change of broken) console.error(`  ${change}`);
  console.error('Nothing was written. Add a new version of the event beside the old one.');
  process.exitCode = 1;
} else {
  const routes = allRoutes();
  const manifests = [...accessLists(routes), callPolicies(routes)];
  writeGenerated([openApiFile(publicRoutes()), ...contracts, ...manifests]);
}
