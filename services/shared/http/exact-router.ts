import Router from '@koa/router';

/** A router to which `/Tasks` and `/tasks/` are other paths than `/tasks`: one name per thing. */
export function exactRouter(): Router {
  return new Router({ sensitive: true, strict: true });
}
