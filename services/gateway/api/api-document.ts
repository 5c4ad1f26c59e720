import type Router from '@koa/router';
import { exactRouter } from '../../shared/http/router';
import type { OpenApiDocument } from './open-api';

const MAX_AGE = 'public, max-age=300';

/** Serves the API document, for programs and for the API page. */
export function apiDocument(document: OpenApiDocument): Router {
  const text = JSON.stringify(document);
  const router = exactRouter();
  router.get('/api/openapi.json', (ctx) => {
    ctx.type = 'json';
    ctx.body = text;
    ctx.set('cache-control', MAX_AGE);
  });
  return router;
}
