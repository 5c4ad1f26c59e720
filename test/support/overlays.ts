import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../tools/stack/folders';

export const OVERLAYS = ['local', 'staging', 'production'] as const;

/** Optional features, each with all of its components. */
export const FEATURES: readonly (readonly [name: string, ...more: string[]])[] = [
  ['autoscaling'],
  ['backup'],
  ['database-ca'],
  ['kafka', 'kafka/with-network-policies'],
  ['monitoring', 'monitoring/with-network-policies'],
  ['tracing', 'tracing/with-network-policies'],
];

export function overlayFolder(overlay: string): string {
  return join(ROOT, 'k8s', 'overlays', overlay);
}

/** Runs `work` with a temporary overlay: production with a feature added. */
export async function withFeature<T>(
  feature: readonly string[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'kustomize-'));
  try {
    const overlay = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: 'popug',
      resources: [relative(folder, overlayFolder('production'))],
      components: feature.map((name) => relative(folder, join(ROOT, 'k8s', 'features', name))),
    };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(overlay));
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
