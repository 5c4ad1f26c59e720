import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { COMPONENTS } from './folders';

const MILLISECONDS = 1_000;

/**
 * A copy of `components/` that differs in one thing: an event whose sidecar was killed comes
 * again after `seconds` instead of a minute and a half. For tests that cannot wait. It makes
 * daprd deliver more often twice, never less often.
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
