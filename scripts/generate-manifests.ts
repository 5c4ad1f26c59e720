import { accessLists } from './generate/access-lists';
import { writeGenerated } from './generate/generated-file';
import { allRoutes } from './generate/public-routes';

writeGenerated(accessLists(allRoutes()));
