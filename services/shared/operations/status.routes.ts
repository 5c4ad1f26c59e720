import { serviceStatusView } from '../contracts/calls/operations';
import { ok, RouteTable, type Route } from '../http/route';
import { statusPolicies } from './policies';
import { readStatus, type StatusSources } from './status';

/** Returns the route that tells the gateway how this service does. */
export function statusRoutes(sources: StatusSources): Route[] {
  return new RouteTable(statusPolicies).on('GET /status', {
    summary: 'Status of this service',
    tag: 'operations',
    answers: { 200: serviceStatusView },
    handle: async () => ok(await readStatus(sources)),
  }).routes;
}
