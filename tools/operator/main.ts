/**
 * `npm run dead-letters -- …` and `npm run reconcile`: what an operator does, through the API of
 * the product that runs here; with `--cluster` (`npm run k8s:dead-letters`) of the one behind
 * `INGRESS_URL`. Logs in as `OPERATOR_LOGIN` with `OPERATOR_BEAK_SHAPE`; here the administrator of
 * the demo data is the default.
 */
import { deadLetters } from '../../operations/operator/dead-letters';
import { Operator } from '../../operations/operator/operator';
import { reconcile } from '../../operations/operator/reconcile';
import { runProgram } from '../../services/shared/runtime/run-program';
import { ourEnvironment } from '../stack/environment';
import { demoLogins } from '../stack/local-file';
import { runningStack } from '../stack/running';

const CLUSTER = '--cluster';

async function logIn(isCluster: boolean): Promise<Operator> {
  const { ingressUrl, operatorLogin, operatorBeakShape } = ourEnvironment;
  const admin = isCluster ? undefined : demoLogins().find(({ role }) => role === 'admin');
  const login = operatorLogin ?? admin?.login;
  const beakShape = operatorBeakShape ?? admin?.beakShape;
  if (login === undefined || beakShape === undefined) {
    throw new Error(
      'Set OPERATOR_LOGIN and OPERATOR_BEAK_SHAPE of somebody with operations.manage',
    );
  }
  const url = isCluster ? ingressUrl : runningStack().gatewayUrl;
  return Operator.logIn(url, login, beakShape);
}

runProgram(async () => {
  const given = process.argv.slice(2);
  const isCluster = given[0] === CLUSTER;
  const [program, ...args] = isCluster ? given.slice(1) : given;
  const operator = await logIn(isCluster);
  if (program === 'dead-letters') return deadLetters(operator, args);
  if (program === 'reconcile') return reconcile(operator);
  throw new Error('Say dead-letters or reconcile');
});
