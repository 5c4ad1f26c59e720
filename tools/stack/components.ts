import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { COMPONENTS } from './folders';

const MILLISECONDS = 1_000;

/**
 * Copies `components/` with a shorter redelivery delay: an event whose sidecar was killed is
 * delivered again after `seconds` instead of 90 s, for tests that cannot wait. The shorter delay
 * causes more duplicate deliveries, never fewer.
 */
export async function componentsRedelivering(seconds: number, target: string): Promise<string> {
  await rm(target, { recursive: true, force: true });
  await cp(COMPONENTS, target, { recursive: true });
  const file = join(target, 'pubsub.yaml');
  const document = parseDocument(await readFile(file, 'utf8'));
  const changes: Record<string, string> = {
    processingTimeout: `${seconds}s`,
    redeliverInterval: String(MILLISECONDS),
  };
  const metadata = document.getIn(['spec', 'metadata']) as YAMLSeq<YAMLMap>;
  for (const item of metadata.items) {
    const changed = changes[String(item.get('name'))];
    if (changed) item.set('value', changed);
  }
  await writeFile(file, document.toString());
  return target;
}
