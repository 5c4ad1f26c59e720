import { setupServer } from 'msw/node';
import { createOpenApiHttp } from 'openapi-msw';
import type { paths } from '../src/api/schema';

/** The API as tests answer it: typed by the document, so a fake that no longer fits fails to compile. */
export const http = createOpenApiHttp<paths>({ baseUrl: location.origin });

/** A request that no test answers fails the test. */
export const server = setupServer();
