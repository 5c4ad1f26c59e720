import { writeGenerated } from './generate/generated-file';
import { openApiFile } from './generate/open-api';
import { publicRoutes } from './generate/public-routes';

writeGenerated([openApiFile(publicRoutes())]);
