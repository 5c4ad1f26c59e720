import { z } from 'zod';
import { notFound } from '../kernel/errors';
import type { Route, RouteTable } from '../http/route';
import type { Policies } from '../http/route';

/**
 * Path parameters of `/operations/{service}/…`. The API document replaces `service` by an enum of
 * the services that have the route.
 */
export const serviceParams = z.object({
  service: z.string().meta({ description: 'Name of a service', example: 'account' }),
});

/**
 * Returns the table's routes for one service: another name in the path is 404. Every service has
 * the same paths; the gateway chooses the service by the name.
 */
export function routesOf<P extends Policies>(service: string, table: RouteTable<P>): Route[] {
  return table.routes.map((route) => ({
    ...route,
    handle: async (request) => {
      const params = request.params as { service?: string };
      if (params.service !== service) throw notFound('Route');
      return route.handle(request);
    },
  }));
}
