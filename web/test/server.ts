import { setupServer } from 'msw/node';
import { createOpenApiHttp } from 'openapi-msw';
import type { paths } from '../src/api/schema';

/** The API as tests answer it: a fake that no longer fits the document is a type error. */
export const http = createOpenApiHttp<paths>({ baseUrl: location.origin });

/** A request that no test answers fails the test. */
export const server = setupServer();
