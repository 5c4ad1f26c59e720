import { kubectl } from '../../../tools/kubernetes/kubectl';
import { FEATURES, OVERLAYS, overlayFolder, withFeature } from '../../support/overlays';
import type { Report } from '../report';

/** Server-side dry run of a folder, with Dapr's CRDs; changes nothing. */
async function dryRun(folder: string): Promise<string> {
  const said = await kubectl(['apply', '--dry-run=server', '-k', folder]);
  return `${said.trim().split('\n').length} objects`;
}

/** Scene 8: server-side dry run of every overlay, and of production with each feature. */
export async function overlays(report: Report): Promise<void> {
  report.begin('8 overlays');
  for (const overlay of OVERLAYS) {
    // The running version differs from the overlay's, so Jobs have other names and do not conflict.
    await report.attempt(overlay, () => dryRun(overlayFolder(overlay)));
  }
  for (const feature of FEATURES) {
    await report.attempt(`production with ${feature[0]}`, () => withFeature(feature, dryRun));
  }
}
