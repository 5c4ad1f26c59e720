import { kubectl } from '../../../tools/kubernetes/kubectl';
import { FEATURES, OVERLAYS, overlayFolder, withFeature } from '../../support/overlays';
import type { Report } from '../report';

/** What the API server says of a folder, with Dapr's own types; nothing is changed by it. */
async function dryRun(folder: string): Promise<string> {
  const said = await kubectl(['apply', '--dry-run=server', '-k', folder]);
  return `${said.trim().split('\n').length} objects`;
}

/** Scene 8: every overlay, and production with each feature, before the real API server. */
export async function overlays(report: Report): Promise<void> {
  report.begin('8 overlays');
  for (const overlay of OVERLAYS) {
    // What runs is another version of the local overlay: its Jobs have other names.
    await report.attempt(overlay, () => dryRun(overlayFolder(overlay)));
  }
  for (const feature of FEATURES) {
    await report.attempt(`production with ${feature[0]}`, () => withFeature(feature, dryRun));
  }
}
