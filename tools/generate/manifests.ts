import { accessLists, callPolicies } from './access-lists';
import { daprResources } from './components';
import { deployments } from './deployments';
import type { GeneratedFile } from './generated-file';
import type { ServiceRoute } from './programs';

/** Returns every manifest that is computed from the catalogue and the policies. */
export function manifests(routes: readonly ServiceRoute[]): GeneratedFile[] {
  return [...accessLists(routes), callPolicies(routes), ...deployments(), ...daprResources()];
}
