import { accessLists, callPolicies } from './generate/access-lists';
import { writeGenerated } from './generate/generated-file';
import { allRoutes } from './generate/public-routes';

const routes = allRoutes();
writeGenerated([...accessLists(routes), callPolicies(routes)]);
