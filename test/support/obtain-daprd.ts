import { obtainDaprd } from '../../tools/stack/daprd';

/** Jest's global setup of tests with sidecars: builds daprd outside of the tests' time limits. */
export default async function prepareDaprd(): Promise<void> {
  await obtainDaprd((line) => process.stderr.write(`${line}\n`));
}
