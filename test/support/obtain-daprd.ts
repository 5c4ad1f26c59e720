import { obtainDaprd } from '../../tools/stack/daprd';

/**
 * Jest's global setup of the tests that start sidecars: where daprd has to be built first, no test
 * waits for it under a time limit of its own.
 */
export default async function prepareDaprd(): Promise<void> {
  await obtainDaprd((line) => process.stderr.write(`${line}\n`));
}
